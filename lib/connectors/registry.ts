/** One line per connector; each is exported under its kind. */
export { authentik } from "./authentik";
export { keycloak } from "./keycloak";
export { oidc } from "./oidc";
export { okta } from "./okta";
