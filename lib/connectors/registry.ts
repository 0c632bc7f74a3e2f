/** One line per connector; each is exported under its kind. */
export { authentik } from "./authentik";
export { entra } from "./entra";
export { github } from "./github";
export { gitlab } from "./gitlab";
export { google } from "./google";
export { google_workspace } from "./google-workspace";
export { keycloak } from "./keycloak";
export { oidc } from "./oidc";
export { okta } from "./okta";
