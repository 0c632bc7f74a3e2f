import type { Connector } from "../definition";

const MAPPING =
  "In PingOne, open Applications > Applications > your application > Attribute Mappings and add the attribute; for groups, map groups to Group Names.";

export const advice: Connector["advice"] = {
  no_callback: [
    "“Redirect URI mismatch” on PingOne's page means that the Callback URL is not among the Redirect URIs of the application. “NOT_FOUND” means that the environment is in another region.",
  ],
  redirect_uri_mismatch: [
    "In PingOne, open the application > Configuration and add the Callback URL to Redirect URIs.",
  ],
  iss_mismatch: [
    "Each region of PingOne names itself by its own address, and a custom domain by that domain: compare Region with the Issuer ID that the application shows.",
  ],
  invalid_client: [
    "In PingOne, open the application > Configuration: Token Auth Method must be the one chosen here as Token endpoint authentication. New applications have Client Secret Basic.",
  ],
  invalid_client_method: [
    "In PingOne, open the application > Configuration and compare Token Auth Method with Token endpoint authentication here.",
  ],
  unauthorized_client: [
    "In PingOne, turn the application on with its switch, and keep Response Type Code and Grant Type Authorization Code under Configuration.",
  ],
  pkce_required: ["Turn on PKCE here: PKCE Enforcement of the application asks for it, with S256."],
  access_denied: [
    "In PingOne, open the application > Access: only members of the groups chosen there may sign in.",
  ],
  invalid_scope: [
    "In PingOne, open the application > Resources and add the scopes email and profile.",
  ],
  no_email: ["In PingOne, open the application > Resources and add the scope email."],
  claims_missing: [
    MAPPING,
    "PingOne puts at most 25 values into an ID token and then sends [SIZE_LIMIT_EXCEEDED]: deliver the attribute by UserInfo.",
  ],
  groups_missing: [MAPPING],
};
