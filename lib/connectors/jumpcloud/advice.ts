import type { Connector } from "../definition";

const SCOPES =
  "In JumpCloud, open the application > SSO > Attribute Mapping and tick Email and Profile under Standard Scopes.";
const GROUPS =
  "In JumpCloud, open the application > SSO, turn on Include group attribute and name it groups.";

export const advice: Connector["advice"] = {
  no_callback: [
    "An error about the redirect_uri on JumpCloud's page means that the Callback URL is not among the Redirect URIs of the application, letter for letter.",
  ],
  redirect_uri_mismatch: [
    "In JumpCloud, open the application > SSO and add the Callback URL to Redirect URIs.",
  ],
  iss_mismatch: [
    "JumpCloud's issuer ends with a slash, and each region has its own: compare Region with the address of your Admin Portal.",
  ],
  invalid_client: [
    "In JumpCloud, open the application > SSO: Client Authentication Type must be the one chosen here as Token endpoint authentication, Client Secret POST or Client Secret Basic.",
  ],
  invalid_client_method: [
    "In JumpCloud, open the application > SSO and compare Client Authentication Type with Token endpoint authentication here.",
  ],
  access_denied: [
    "In JumpCloud, open the application > User Groups and choose a group of this user: nobody may sign in before that.",
  ],
  invalid_scope: [SCOPES],
  no_email: [SCOPES],
  claims_missing: [SCOPES, GROUPS],
  groups_missing: [GROUPS],
};
