import type { Connector } from "../definition";

/** https://auth0.com/docs/secure/tokens/json-web-tokens/create-custom-claims */
const CUSTOM_CLAIMS =
  "In Auth0, add a Post Login Action that calls api.idToken.setCustomClaim with a name of your own, such as https://acme.com/roles, and enter that whole name in OIDC Claims.";
const DROPPED =
  "Auth0 drops a custom claim named roles, groups or permissions without a word: the name must be a URL of yours.";

export const advice: Connector["advice"] = {
  no_callback: [
    "“Callback URL mismatch” on Auth0's page means that the Callback URL is not in Allowed Callback URLs of the application, letter for letter.",
  ],
  redirect_uri_mismatch: [
    "In Auth0, open Applications > your application > Settings, and add the Callback URL to Allowed Callback URLs.",
  ],
  alg_symmetric: [
    "In Auth0, open Applications > your application > Settings > Advanced Settings > OAuth, and set JSON Web Token (JWT) Signature Algorithm to RS256: older applications have HS256.",
  ],
  iss_mismatch: [
    "Auth0's issuer ends with a slash. With a custom domain, it is the domain that the sign-in began at: enter the same one in Auth0 domain.",
  ],
  invalid_client: [
    "In Auth0, open Applications > your application > Credentials, and choose Client Secret (Post) or set Token endpoint authentication here to what it says.",
  ],
  invalid_client_method: [
    "In Auth0, open Applications > your application > Credentials: the authentication method must be the one chosen here.",
  ],
  unauthorized_client: [
    "In Auth0, make the application a Regular Web Application, and keep Authorization Code under Settings > Advanced Settings > Grant Types.",
  ],
  access_denied: [
    "In Auth0, look under Monitoring > Logs: an Action may have denied this user, or no connection is enabled under Applications > your application > Connections.",
  ],
  claims_missing: [CUSTOM_CLAIMS, DROPPED],
  groups_missing: [DROPPED, CUSTOM_CLAIMS],
  email_unverified: ["In Auth0, open User Management > Users > this user, and verify the email."],
};
