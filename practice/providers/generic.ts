import { createHash } from "node:crypto";
import { type PracticeUser, standardClaims } from "../accounts";
import { createProvider, type ProviderPlan } from "../create-provider";
import { describeProvider, type Entry, mount } from "../entry";
import { FAULTY_ADDRESSES, GENERIC_FAULTS } from "../faults";
import type { Workshop } from "../faults/fault";
import { registeredKeys } from "../registered-keys";
import type { Handler, Site } from "../site";

/** Claims of every shape that a directory may send. */
function oddClaims(user: PracticeUser): Record<string, unknown> {
  return {
    department: user.department,
    is_admin: user.admin,
    clearance: user.admin ? 7 : 1,
    quota: 0.25,
    manager: null,
    org: {
      country: "GB",
      unit: { name: `${user.department} unit`, code: 42, sites: ["London", "São Paulo"] },
    },
    roles: [
      { name: user.admin ? "editor" : "reader", scope: { app: "wiki" } },
      { name: "reader", scope: { app: "blog" } },
    ],
    "https://acme.example/claims/department": `${user.department} & more`,
    "cognito:groups": user.groups.map((group) => `eu-west-1:${group}`),
    "profile.level": "gold",
    motto: "Ωmega, naïve café, 日本語, שלום, 🚀",
    entitlements: [],
    biography: "On the analytical engine. ".repeat(160).trim(),
  };
}

const CUSTOM_CLAIMS = [
  "department",
  "is_admin",
  "clearance",
  "quota",
  "manager",
  "org",
  "roles",
  "https://acme.example/claims/department",
  "cognito:groups",
  "profile.level",
  "motto",
  "entitlements",
  "biography",
];

const subjectOf = ({ login }: PracticeUser): string =>
  `user-${createHash("sha256").update(login).digest("hex").slice(0, 12)}`;

function planFor(base: string, redirectUris: readonly string[]): ProviderPlan {
  return {
    id: "generic",
    label: "Generic OpenID Connect",
    base,
    issuer: base,
    clientId: "gatehouse",
    redirectUris,
    routes: {
      authorization: "/auth",
      pushed_authorization_request: "/par",
      token: "/token",
      userinfo: "/me",
      jwks: "/jwks",
    },
    scopes: ["openid", "email", "profile", "groups"],
    claims: {
      openid: ["sub", "amr", ...CUSTOM_CLAIMS],
      email: ["email", "email_verified"],
      profile: ["name", "given_name", "family_name", "preferred_username", "locale"],
      groups: ["groups"],
    },
    subjectOf,
    claimsOf: (user) => ({
      ...standardClaims(user),
      ...oddClaims(user),
      ...(user.groups.length > 0 && { groups: user.groups }),
    }),
    faults: GENERIC_FAULTS,
    extraAlgs: ["ES256"],
    pushesAndBinds: true,
    knowsClientKeys: true,
  };
}

/** The pages below `/faults/<id>`, whatever follows the id. */
const faultyAddresses =
  (workshop: Workshop): Handler =>
  (request, response, { pathname }) => {
    const [, folder, id] = pathname.split("/");
    const address = FAULTY_ADDRESSES.find((one) => one.id === id);
    if (folder !== "faults" || !address) return false;
    address.answer(request, response, workshop);
    return true;
  };

/** The generic provider: claims of every shape, and every fault. */
export async function startGeneric(site: Site, redirectUris: readonly string[]): Promise<Entry> {
  const plan = planFor(site.base, redirectUris);
  const running = await createProvider(plan);
  const broken = faultyAddresses(running.workshop);
  const whole = mount(running, plan.id, "");
  const keys = registeredKeys();
  return {
    provider: describeProvider(
      {
        id: "generic",
        kind: "oidc",
        fields: { discovery_url: `${site.base}/.well-known/openid-configuration` },
      },
      plan,
      site,
    ),
    handle: async (request, response, url) =>
      (await broken(request, response, url)) ||
      (await keys(request, response, url)) ||
      whole(request, response, url),
  };
}
