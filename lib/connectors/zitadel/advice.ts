import type { Connector } from "../definition";

const SEND_ROLES =
  "In Zitadel, open the project > General and turn on Assert Roles on Authentication, then open the application > Token Settings and turn on User roles inside ID Token.";
const NESTED =
  "Roles come as one object, urn:zitadel:iam:org:project:roles, whose keys are the role names: enter that whole name in OIDC Claims.";

export const advice: Connector["advice"] = {
  no_callback: [
    "“The requested redirect_uri is missing in the client configuration” on Zitadel's page means that the Callback URL is not among the Redirect URIs of the application, letter for letter.",
  ],
  redirect_uri_mismatch: [
    "In Zitadel, open the application > Redirect Settings and add the Callback URL. An address with http:// needs Development Mode there.",
  ],
  iss_mismatch: [
    "Zitadel names itself by the domain that it is called at, without a slash at the end: enter your instance's own domain, not another of its domains.",
  ],
  invalid_client: [
    "In Zitadel, open the application: with the method Basic or POST it has a secret, which Regenerate Client Secret makes anew; with PKCE it has none, and Token endpoint authentication here is None.",
  ],
  invalid_client_method: [
    "In Zitadel, open the application and compare Authentication Method with Token endpoint authentication here.",
  ],
  pkce_required: ["Turn on PKCE here: the application's Authentication Method is PKCE."],
  access_denied: [
    "In Zitadel, open the project > General: with Check authorization on Authentication, only users with a role of this project get in.",
  ],
  no_email: [
    "In Zitadel, open the application > Token Settings and turn on User Info inside ID Token, or keep the User info URL here.",
  ],
  email_unverified: ["In Zitadel, open the user and verify the email address."],
  claims_missing: [SEND_ROLES, NESTED],
  groups_missing: ["Zitadel has project roles in place of groups.", SEND_ROLES, NESTED],
};
