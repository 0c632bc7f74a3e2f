import { type PracticeUser, USERS } from "../accounts";
import { createProvider, type ProviderPlan } from "../create-provider";
import { describeProvider, type Entry, mount } from "../entry";
import { refuseRequest } from "../faults/callback";
import type { Site } from "../site";

const subjectOf = (user: PracticeUser): string => String(1000 + USERS.indexOf(user));

const pathOf = (group: string): string =>
  `practice/${group
    .toLowerCase()
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/g, "-")}`;

/** The ID token holds the groups that somebody is in directly; user info those above them too. */
function claimsOf(user: PracticeUser, use: string): Record<string, unknown> {
  const direct = user.groups.map(pathOf);
  const email = user.email && { email: user.email, email_verified: user.emailVerified };
  if (use === "id_token") return { ...email, groups_direct: direct };
  return {
    ...email,
    name: user.name,
    nickname: user.login,
    preferred_username: user.login,
    profile: `https://gitlab.example/${user.login}`,
    groups: direct.length > 0 ? ["practice", ...direct] : [],
  };
}

const planFor = (base: string, redirectUris: readonly string[]): ProviderPlan => ({
  id: "gitlab",
  label: "GitLab-like",
  base,
  issuer: base,
  clientId: "gitlab-practice-application",
  redirectUris,
  routes: {
    authorization: "/oauth/authorize",
    token: "/oauth/token",
    userinfo: "/oauth/userinfo",
    jwks: "/oauth/discovery/keys",
  },
  scopes: ["openid", "email", "profile"],
  claims: {
    openid: ["sub", "groups", "groups_direct"],
    email: ["email", "email_verified"],
    profile: ["name", "nickname", "preferred_username", "profile"],
  },
  subjectOf,
  claimsOf,
  faults: [
    {
      id: "fault-scope-not-ticked",
      title: "Application without the scope email",
      expect: "A scope is not allowed (while email is among the scopes).",
      code: "invalid_scope",
      hooks: {
        authorization: refuseRequest(
          "invalid_scope",
          "The requested scope is invalid, unknown, or malformed.",
          (query) => query.get("scope")?.split(" ").includes("email") ?? false,
        ),
      },
    },
  ],
});

/** GitLab as a client sees it: all groups at user info only. */
export async function startGitlab(site: Site, redirectUris: readonly string[]): Promise<Entry> {
  const plan = planFor(site.base, redirectUris);
  const running = await createProvider(plan);
  return {
    provider: describeProvider(
      { id: "gitlab", kind: "gitlab", fields: { gitlab_url: site.base } },
      plan,
      site,
    ),
    handle: mount(running, plan.id, ""),
  };
}
