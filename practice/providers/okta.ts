import { createHash } from "node:crypto";
import { type PracticeUser, standardClaims } from "../accounts";
import { createProvider, type ProviderPlan } from "../create-provider";
import { describeProvider, type Entry, mount } from "../entry";
import { onCallback, refuseAtSignIn, refuseRequest } from "../faults/callback";
import type { Fault, Hooks } from "../faults/fault";
import type { Site } from "../site";
import { API_FAULTS, API_TOKEN, oktaApi, oktaGroups } from "./okta-api";

const CLIENT_ID = "0oapractice000000001";
const SERVER_ID = "default";

const routesBelow = (folder: string): ProviderPlan["routes"] => ({
  authorization: `${folder}/authorize`,
  pushed_authorization_request: `${folder}/par`,
  token: `${folder}/token`,
  userinfo: `${folder}/userinfo`,
  jwks: `${folder}/keys`,
});

const subjectOf = ({ login }: PracticeUser): string =>
  `00u${createHash("sha256").update(login).digest("hex").slice(0, 17)}`;

const NOT_ASSIGNED: Fault = {
  id: "fault-not-assigned",
  title: "User is not assigned to the application",
  expect: "Your provider refused this user: assign the user or group to the app.",
  code: "access_denied",
  hooks: {
    resume: refuseAtSignIn("access_denied", "User is not assigned to the client application."),
  },
};

const TOO_MANY: Fault = {
  id: "fault-too-many-groups",
  title: "Groups claim that matches more groups than Okta sends",
  expect: "Groups are missing: the Groups claim filter has to match fewer.",
  code: "groups_too_many",
  hooks: {
    resume: refuseAtSignIn(
      "invalid_request",
      "The groups claim matched too many groups and must be configured to match fewer groups.",
    ),
  },
};

const ORG_FAULTS: readonly Fault[] = [
  NOT_ASSIGNED,
  TOO_MANY,
  {
    id: "fault-groups-filter",
    title: "Groups claim filter that matches no group",
    expect: "Passes without groups; a saved groups claim is shown as missing.",
    code: "groups_missing",
    setup: { claims: ["groups"] },
    fields: { api_token: "" },
  },
  ...API_FAULTS,
];

const CUSTOM_FAULTS: readonly Fault[] = [
  NOT_ASSIGNED,
  {
    id: "fault-groups-scope",
    title: "Authorization server without the groups scope",
    expect: "A scope is not allowed (while groups is among the scopes).",
    code: "invalid_scope",
    remedy: "Remove the scope groups",
    hooks: {
      authorization: refuseRequest(
        "invalid_scope",
        "One or more scopes are not configured for the authorization server resource.",
        (query) => query.get("scope")?.split(" ").includes("groups") ?? false,
      ),
    },
  },
];

/** Okta's `Groups claim filter` (Matches regex) by client: which groups come at all. */
const groupsFilter = (clientId: string): RegExp =>
  clientId === "fault-groups-filter" ? /^wiki-/ : /.*/;

/** A groups claim ends after the first hundred. */
const MOST_IN_CLAIM = 100;

const groupsClaim = (user: PracticeUser, clientId: string): string[] =>
  oktaGroups(user)
    .filter((group) => groupsFilter(clientId).test(group))
    .slice(0, MOST_IN_CLAIM);

/** Okta does not send the `iss` parameter of RFC 9207. */
const HOOKS: Hooks = {
  authorization: onCallback((params) => params.delete("iss")),
  resume: onCallback((params) => params.delete("iss")),
  discovery: (context) => {
    const { authorization_response_iss_parameter_supported: _, ...rest } = context.body as Record<
      string,
      unknown
    >;
    context.body = rest;
  },
};

function basePlan(base: string, redirectUris: readonly string[]) {
  return {
    base,
    clientId: CLIENT_ID,
    redirectUris,
    scopes: ["openid", "email", "profile", "groups"],
    subjectOf,
    hooks: HOOKS,
  };
}

const PROFILE_CLAIMS = ["name", "given_name", "family_name", "preferred_username", "locale"];
/** What Okta's org server puts into the ID token of a code flow; the rest is at user info. */
const ID_TOKEN_CLAIMS = ["name", "email", "preferred_username"];

function orgPlan(base: string, redirectUris: readonly string[]): ProviderPlan {
  return {
    ...basePlan(base, redirectUris),
    id: "okta",
    label: "Okta-like, org server",
    issuer: base,
    routes: routesBelow("/oauth2/v1"),
    pushesAndBinds: true,
    claims: {
      openid: ["sub", "amr", "ver", "idp"],
      email: ["email", "email_verified"],
      profile: [...PROFILE_CLAIMS, "zoneinfo"],
      groups: ["groups"],
    },
    claimsOf: (user, use, clientId) => {
      const all = Object.entries(standardClaims(user));
      const groups = groupsClaim(user, clientId);
      return {
        ver: 1,
        idp: "00opractice000000001",
        zoneinfo: "Europe/London",
        ...Object.fromEntries(
          use === "id_token" ? all.filter(([name]) => ID_TOKEN_CLAIMS.includes(name)) : all,
        ),
        ...(groups.length > 0 && { groups }),
      };
    },
    faults: ORG_FAULTS,
  };
}

function customPlan(base: string, redirectUris: readonly string[]): ProviderPlan {
  return {
    ...basePlan(base, redirectUris),
    id: "okta-custom",
    label: "Okta-like, custom authorization server",
    issuer: `${base}/oauth2/${SERVER_ID}`,
    routes: routesBelow("/v1"),
    pushesAndBinds: true,
    claims: {
      openid: ["sub", "amr", "ver", "idp", "department", "costCenter", "entitlements"],
      email: ["email", "email_verified"],
      profile: PROFILE_CLAIMS,
      groups: ["groups"],
    },
    claimsOf: (user, _use, clientId) => ({
      ...standardClaims(user),
      ver: 1,
      idp: "00opractice000000001",
      department: user.department,
      costCenter: 4711,
      entitlements: user.admin ? ["wiki:write", "wiki:read"] : ["wiki:read"],
      groups: groupsClaim(user, clientId),
    }),
    faults: CUSTOM_FAULTS,
  };
}

/** An Okta-like organisation: its org server, and one custom authorization server. */
export async function startOkta(site: Site, redirectUris: readonly string[]): Promise<Entry[]> {
  const org = orgPlan(site.base, redirectUris);
  const custom = customPlan(site.base, redirectUris);
  const account = { okta_account: site.base, api_token: API_TOKEN };
  const api = oktaApi(subjectOf);
  const orgServer = mount(await createProvider(org), org.id, "");
  return [
    {
      provider: describeProvider(
        {
          id: "okta-custom",
          kind: "okta",
          fields: { ...account, authorization_server_id: SERVER_ID },
        },
        custom,
        site,
      ),
      handle: mount(await createProvider(custom), custom.id, `/oauth2/${SERVER_ID}`),
    },
    {
      provider: describeProvider({ id: "okta", kind: "okta", fields: account }, org, site),
      handle: async (request, response, url) =>
        (await api(request, response, url)) || orgServer(request, response, url),
    },
  ];
}
