import { createHash } from "node:crypto";
import type { PracticeUser } from "../accounts";
import { createProvider, type ProviderPlan } from "../create-provider";
import { describeProvider, type Entry, mount } from "../entry";
import { onCallback, refuseAtSignIn } from "../faults/callback";
import type { Fault, Hooks } from "../faults/fault";
import { withClaims } from "../faults/reissue";
import type { Handler, Site } from "../site";

/** The tenant of Ada and most others, and that of Mallory. */
export const HOME_TENANT = "8c3f1d52-6a4e-4b7b-9d0e-1f2a3b4c5d6e";
export const OTHER_TENANT = "f1e2d3c4-b5a6-4788-99aa-bbccddeeff00";

const CLIENT_ID = "2f1f6c3a-9e0d-4c53-8a57-0d1f5c2b7e91";
const MOST_GROUPS = 200;

/** A stable GUID for a name, as Entra ID has one for each object. */
function guidOf(name: string): string {
  const hex = createHash("sha256").update(`practice ${name}`).digest("hex");
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
  ];
  return [...parts, hex.slice(20, 32)].join("-");
}

const tenantOf = ({ login }: PracticeUser): string =>
  login === "mallory" ? OTHER_TENANT : HOME_TENANT;

const subjectOf = ({ login }: PracticeUser): string =>
  createHash("sha256").update(`pairwise ${login}`).digest("base64url");

/** Above 200 groups the list stays away, and a reference to Microsoft Graph comes instead. */
function groupClaims({ login, groups }: PracticeUser): Record<string, unknown> {
  if (groups.length === 0) return {};
  if (groups.length <= MOST_GROUPS) return { groups: groups.map(guidOf) };
  const endpoint = `https://graph.microsoft.com/v1.0/users/${guidOf(login)}/getMemberObjects`;
  return { _claim_names: { groups: "src1" }, _claim_sources: { src1: { endpoint } } };
}

/**
 * Mallory is an admin of another tenant, and has written Ada's address into an account: that the
 * tenant does not own its domain is all that tells (nOAuth).
 */
function emailClaims(user: PracticeUser, clientId: string): Record<string, unknown> {
  if (clientId === "fault-no-email-claim" || user.email === null) return {};
  if (user.login === "mallory") return { email: "ada@example.com", xms_edov: false };
  return { email: user.email, ...(clientId !== "fault-no-edov" && { xms_edov: true }) };
}

const claimsOf = (user: PracticeUser, use: string, clientId: string): Record<string, unknown> => ({
  name: user.name,
  ...emailClaims(user, clientId),
  ...(use === "id_token" && {
    preferred_username: `${user.login}@practice.onmicrosoft.example`,
    oid: guidOf(user.login),
    tid: tenantOf(user),
    ver: "2.0",
    ...groupClaims(user),
    ...(user.admin && { roles: ["Gatehouse.Admin"] }),
  }),
});

const CLAIM_NAMES =
  "sub amr oid tid ver name preferred_username email xms_edov groups _claim_names _claim_sources roles";

const FAULTS: readonly Fault[] = [
  {
    id: "fault-no-email-claim",
    title: "No optional claim email, as a new app registration has it",
    expect: "No email in the answer.",
    code: "no_email",
  },
  {
    id: "fault-no-edov",
    title: "No optional claim xms_edov",
    expect: "Passes with one tenant; with several, nobody vouches for the email address.",
    code: null,
  },
  {
    id: "fault-not-assigned",
    title: "User is not assigned to the application (AADSTS50105)",
    expect: "Your provider refused this user.",
    code: "access_denied",
    hooks: {
      resume: refuseAtSignIn(
        "access_denied",
        "AADSTS50105: The signed in user is not assigned to a role for the application.",
      ),
    },
  },
];

/** One signing authority with a document for each way in: `common`, or one tenant. */
function hooksOf(base: string, authority: string): Hooks {
  const dropIss = onCallback((params) => params.delete("iss"));
  const named = authority === "common" ? "{tenantid}" : authority;
  return {
    authorization: dropIss,
    resume: dropIss,
    token: withClaims((payload) => ({ ...payload, iss: `${base}/${payload.tid}/v2.0` })),
    discovery: (context) => {
      const { authorization_response_iss_parameter_supported: _, ...rest } = context.body as Record<
        string,
        unknown
      >;
      context.body = { ...rest, issuer: `${base}/${named}/v2.0` };
    },
  };
}

const planFor = (
  base: string,
  authority: string,
  redirectUris: readonly string[],
): ProviderPlan => ({
  id: authority === "common" ? "entra-common" : "entra",
  label: authority === "common" ? "Entra-like, any tenant" : "Entra-like, one tenant",
  base,
  issuer: `${base}/${authority}`,
  clientId: CLIENT_ID,
  redirectUris,
  routes: {
    authorization: "/oauth2/v2.0/authorize",
    token: "/oauth2/v2.0/token",
    userinfo: "/oidc/userinfo",
    jwks: "/discovery/v2.0/keys",
  },
  scopes: ["openid", "email", "profile", "offline_access"],
  claims: { openid: CLAIM_NAMES.split(" ") },
  subjectOf,
  claimsOf,
  faults: FAULTS,
  hooks: hooksOf(base, authority),
});

/** A document stands one folder below its authority: `/<authority>/v2.0/.well-known/`. */
const withoutVersion =
  (handle: Handler): Handler =>
  (request, response, url) => {
    const path = url.pathname.replace("/v2.0/.well-known/", "/.well-known/");
    request.url = `${path}${url.search}`;
    return handle(request, response, new URL(request.url, url));
  };

const NOTE =
  "Add it as OpenID Connect: the type Microsoft Entra ID has Microsoft's own addresses, and this one is on your machine.";

async function startAuthority(
  site: Site,
  redirectUris: readonly string[],
  authority: string,
): Promise<Entry> {
  const plan = planFor(site.base, authority, redirectUris);
  const running = await createProvider(plan);
  const discovery_url = `${site.base}/${authority}/v2.0/.well-known/openid-configuration`;
  return {
    provider: describeProvider(
      {
        id: authority === "common" ? "entra-common" : "entra",
        kind: "oidc",
        fields: { discovery_url },
        note:
          authority === "common"
            ? `${NOTE} Its document names no tenant, so that the tenant of the first passed test is the one that may come in.`
            : NOTE,
      },
      plan,
      site,
    ),
    handle: withoutVersion(mount(running, plan.id, `/${authority}`)),
  };
}

/** Microsoft Entra ID as a client sees it: one tenant, and all of them. */
export const startEntra = async (site: Site, redirectUris: readonly string[]): Promise<Entry[]> =>
  Promise.all(
    [HOME_TENANT, "common"].map((authority) => startAuthority(site, redirectUris, authority)),
  );
