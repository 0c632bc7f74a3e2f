import type { Connector } from "../definition";

const GROUPS = [
  "In OneLogin, open the application > Parameters > Groups, and choose what Groups holds, such as User Roles with Semicolon Delimited input (multi-value output).",
  "Keep groups among the Scopes here: without it OneLogin sends none.",
];

export const advice: Connector["advice"] = {
  no_callback: [
    "“redirect_uri did not match any client's registered redirect_uri” means that the Callback URL is not among the Redirect URIs of the application, letter for letter.",
  ],
  redirect_uri_mismatch: [
    "In OneLogin, open the application > Configuration, and add the Callback URL to Redirect URI's on a line of its own.",
  ],
  invalid_client: [
    "In OneLogin, open the application > SSO: Token Endpoint > Authentication Method must be the one chosen here as Token endpoint authentication. New applications have Basic.",
  ],
  invalid_client_method: [
    "In OneLogin, open the application > SSO and compare Token Endpoint > Authentication Method with Token endpoint authentication here.",
  ],
  unauthorized_client: ["In OneLogin, open the application > SSO and set Application Type to Web."],
  access_denied: [
    "In OneLogin, open the application > Access and choose a role of this user, or add the application to the user.",
  ],
  iss_mismatch: [
    "An application of OneLogin's first version names itself https://openid-connect.onelogin.com/oidc: make a new one, of the connector OpenId Connect (OIDC).",
  ],
  claims_missing: GROUPS,
  groups_missing: GROUPS,
};
