import type { PersonApi } from "@/lib/oidc/schema";
import { baseOf } from "../web-url";

export const PUBLIC_GITHUB = "https://github.com";

/** The origin of a GitHub in what an admin typed, also where one of its pages was pasted. */
export function originOf(typed: unknown): string | null {
  const base = baseOf(typed);
  if (!base) return null;
  const url = new URL(base);
  // The API of github.com, and that of GHE.com, have hosts of their own.
  if (url.hostname === "api.github.com" || url.hostname === "www.github.com") return PUBLIC_GITHUB;
  return /^api\.[^.]+\.ghe\.com$/.test(url.hostname)
    ? `${url.protocol}//${url.host.slice("api.".length)}`
    : url.origin;
}

/** https://docs.github.com/rest: github.com, GHE.com and GitHub Enterprise Server differ in the place of their API. */
export function apiOf(origin: string): string {
  const { protocol, host, hostname } = new URL(origin);
  const hosted = hostname === "github.com" || hostname.endsWith(".ghe.com");
  return hosted ? `${protocol}//api.${host}` : `${origin}/api/v3`;
}

export const endpointsAt = (origin: string) => ({
  authUrl: `${origin}/login/oauth/authorize`,
  tokenUrl: `${origin}/login/oauth/access_token`,
});

/** https://docs.github.com/apps/oauth-apps/building-oauth-apps/scopes-for-oauth-apps */
export const scopesFor = (groups: boolean): string[] => [
  "read:user",
  "user:email",
  ...(groups ? ["read:org"] : []),
];

/** A list holds at most 100 elements on a page. */
export function personApiAt(origin: string, groups: boolean): PersonApi {
  const api = apiOf(origin);
  const list = (path: string) => `${api}${path}?per_page=100`;
  return {
    profileUrl: `${api}/user`,
    subject: "id",
    claimNames: { login: "preferred_username" },
    emailsUrl: list("/user/emails"),
    groups: groups
      ? [
          { url: list("/user/orgs"), namePaths: [["login"]] },
          { url: list("/user/teams"), namePaths: [["organization", "login"], ["slug"]] },
        ]
      : [],
    scopes: { emails: "user:email", groups: "read:org" },
    headers: { accept: "application/vnd.github+json", "x-github-api-version": "2022-11-28" },
  };
}
