import type { Advice } from "@/lib/oidc/diagnose";

const ASSIGN =
  "In Okta, open Applications > Applications > your app > Assignments, and assign this user or one of their groups.";
const GROUPS_FILTER =
  "In Okta, open your app > Sign On > OpenID Connect ID Token > Edit, and set Groups claim filter to groups, Matches regex, with the value .*";
const FEWER_GROUPS = [
  "Okta sends at most 100 groups in a token: in your app > Sign On, let the Groups claim filter match only the groups that your policies use.",
];
const SERVER =
  "Compare Authorization Server ID with Security > API > Authorization Servers; leave it empty for the org server.";

export const advice: Advice = {
  no_callback: [
    "On Okta's page, Error 400 with redirect_uri means that the Callback URL is not among the Sign-in redirect URIs of the app (General > Login).",
    "Its page User is not assigned to the client application means: open your app > Assignments, and assign the user or a group.",
  ],
  access_denied: [
    ASSIGN,
    "If an access policy refused them, open Security > API > your server > Access Policies, and the authentication policy of the app.",
  ],
  invalid_scope: [
    "On a custom authorization server, add a scope named groups under Security > API > your server > Scopes, or remove groups from Scopes here.",
  ],
  invalid_client: [
    "In Okta, open your app > General > Client Credentials: compare the Client ID, and copy the active secret again.",
  ],
  unauthorized_client: [
    "In Okta, open your app > General, and check that it is a Web Application with the grant type Authorization Code.",
  ],
  claims_missing: [
    "Only a custom authorization server sends claims of your own (the org server does not). Enter its ID in Authorization Server ID.",
    "There, add the claim under Security > API > your server > Claims, for the ID token, always.",
  ],
  groups_missing: [
    GROUPS_FILTER,
    "On a custom authorization server, add a claim groups under Security > API > your server > Claims instead, for the ID token and any scope.",
    "Groups that come from elsewhere (Active Directory, LDAP) may need an expression in place of the filter, or an API token here.",
  ],
  groups_too_many: FEWER_GROUPS,
  groups_overage: FEWER_GROUPS,
  groups_limit: [
    "Enter an API token: Gatehouse then reads all groups of a person from Okta. You make one under Security > API > Tokens.",
  ],
  groups_api_token: [
    "In Okta, open Security > API > Tokens, and create a token as a read-only administrator.",
  ],
  groups_api_forbidden: [
    "Okta ThreatInsight may block the Gatehouse server: add its address to a trusted network zone under Security > Networks.",
  ],
  iss_mismatch: [
    "With a custom domain, Okta may name itself by its okta.com address: compare Issuer under Security > API > your server > Settings.",
    SERVER,
  ],
  token_not_found: [SERVER],
  jwks_not_found: [SERVER],
  kid_unknown: [SERVER],
};
