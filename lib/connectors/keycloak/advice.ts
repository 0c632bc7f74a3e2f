import type { Advice } from "@/lib/oidc/diagnose";

const GROUP_MAPPER =
  "In Keycloak, open Clients > your client > Client scopes > the dedicated scope, and add the mapper Group Membership with the token claim name groups.";
const REALM =
  "Compare the name of the realm, with upper and lower case; old versions need /auth in Keycloak URL.";

export const advice: Advice = {
  no_callback: [
    "Keycloak's page Invalid parameter: redirect_uri means: open Clients > your client > Settings, and enter this Callback URL under Valid redirect URIs.",
    "Its page Client not found means that the App ID is not a client of this realm.",
  ],
  unauthorized_client: [
    "In Keycloak, open Clients > your client > Capability config, and turn on Standard flow.",
  ],
  invalid_scope: [
    "In Keycloak, add the scope under Clients > your client > Client scopes, or remove it from Scopes here.",
  ],
  invalid_client: [
    "In Keycloak, open Clients > your client and check that Client authentication is on, then copy the secret from the Credentials tab.",
  ],
  pkce_required: [
    "Keycloak asks for it under Clients > your client > Advanced > Proof Key for Code Exchange Code Challenge Method: S256.",
  ],
  sub_missing: [
    "In Keycloak, add the client scope basic to the client: it brings sub (since Keycloak 25).",
  ],
  auth_time_missing: [
    "In Keycloak, add the client scope basic to the client: it brings auth_time (since Keycloak 25).",
  ],
  claims_missing: [
    "Roles of Keycloak are inside other claims: save realm_access.roles, or resource_access.<client>.roles, as they stand.",
    "For anything else, add a mapper under Clients > your client > Client scopes > the dedicated scope, with Add to ID token on.",
  ],
  groups_missing: [
    GROUP_MAPPER,
    "With Full group path on, each group arrives as /parent/child; turn it off to match on names alone.",
  ],
  groups_paths: [
    "In Keycloak, Full group path is a switch of the mapper Group Membership, under Clients > your client > Client scopes > the dedicated scope.",
  ],
  iss_mismatch: [
    "Keycloak names itself by its hostname setting (KC_HOSTNAME): it has to be the address that Keycloak URL has.",
    REALM,
  ],
  token_not_found: [REALM],
  jwks_not_found: [REALM],
};
