import { createHash } from "node:crypto";
import { type PracticeUser, standardClaims } from "../accounts";
import { createProvider, type ProviderPlan } from "../create-provider";
import { describeProvider, type Entry, mount } from "../entry";
import { refuseRequest } from "../faults/callback";
import type { Site } from "../site";

const REALM = "practice";
const ENDPOINTS = "/protocol/openid-connect";

/** A UUID, always the same for one user. */
function subjectOf({ login }: PracticeUser): string {
  const hex = createHash("sha256").update(`keycloak ${login}`).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Keycloak's group mapper gives full paths unless told otherwise. */
const groupPath = (group: string): string => `/staff/${group}`;

function planFor(base: string, redirectUris: readonly string[]): ProviderPlan {
  return {
    id: "keycloak",
    label: "Keycloak-like",
    base,
    issuer: `${base}/realms/${REALM}`,
    clientId: "gatehouse",
    redirectUris,
    routes: {
      authorization: `${ENDPOINTS}/auth`,
      pushed_authorization_request: `${ENDPOINTS}/ext/par/request`,
      token: `${ENDPOINTS}/token`,
      userinfo: `${ENDPOINTS}/userinfo`,
      jwks: `${ENDPOINTS}/certs`,
    },
    pushesAndBinds: true,
    scopes: ["openid", "email", "profile", "roles", "web-origins", "acr", "basic"],
    claims: {
      openid: ["sub", "typ", "azp", "groups", "realm_access"],
      email: ["email", "email_verified"],
      profile: ["name", "given_name", "family_name", "preferred_username", "locale"],
    },
    subjectOf,
    claimsOf: (user, use, clientId) => ({
      ...standardClaims(user),
      ...(use === "id_token" && { typ: "ID", azp: clientId }),
      ...(user.groups.length > 0 && { groups: user.groups.map(groupPath) }),
      realm_access: { roles: ["offline_access", ...(user.admin ? ["realm-admin"] : [])] },
    }),
    faults: [
      {
        id: "variant-full-group-path",
        title: "Group mapper with full group path, as it is by default",
        expect: "Passes; it is noted that the groups are full paths.",
        code: "groups_paths",
      },
      {
        id: "fault-nested-roles",
        title: "Saved claim roles, which is inside realm_access",
        expect: "Passes with a warning; the button saves realm_access.roles.",
        code: "claims_missing",
        remedy: "Save realm_access.roles in place of roles",
        setup: { claims: ["roles"] },
      },
      {
        id: "fault-requires-pkce",
        title: "PKCE required by the client policy",
        expect: "Provider requires PKCE (with PKCE off); passes with PKCE on.",
        code: "pkce_required",
        remedy: "Turn on PKCE",
        setup: { pkce_enabled: false },
        hooks: {
          authorization: refuseRequest(
            "invalid_request",
            "Missing parameter: code_challenge_method",
            (query) => !query.has("code_challenge_method"),
          ),
        },
      },
    ],
  };
}

/** A Keycloak-like provider with one realm. */
export async function startKeycloak(site: Site, redirectUris: readonly string[]): Promise<Entry> {
  const plan = planFor(site.base, redirectUris);
  return {
    provider: describeProvider(
      { id: "keycloak", kind: "keycloak", fields: { keycloak_url: site.base, realm: REALM } },
      plan,
      site,
    ),
    handle: mount(await createProvider(plan), plan.id, `/realms/${REALM}`),
  };
}
