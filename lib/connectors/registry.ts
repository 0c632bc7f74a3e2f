/** One line per connector, here and in `load.ts`; each is exported under its kind. */
export { auth0 } from "./auth0";
export { authentik } from "./authentik";
export { entra } from "./entra";
export { github } from "./github";
export { gitlab } from "./gitlab";
export { google } from "./google";
export { google_workspace } from "./google-workspace";
export { jumpcloud } from "./jumpcloud";
export { keycloak } from "./keycloak";
export { oidc } from "./oidc";
export { okta } from "./okta";
export { onelogin } from "./onelogin";
export { pingone } from "./pingone";
export { zitadel } from "./zitadel";
