import type { IncomingMessage, ServerResponse } from "node:http";
import { type PracticeUser, USERS, userWithLogin } from "../accounts";
import { sendJson } from "../faults/certificates";
import { epochSeconds } from "../faults/fault";
import type { Handler } from "../site";
import type { Grant } from "./github-tokens";

const PREFIX = "/api/v3";
const MOST_PER_PAGE = 100;
const ORGANIZATION = "practice";

/** Numbers never change for an account, and names do. */
export const githubId = (user: PracticeUser): number => 583_231 + USERS.indexOf(user);

function profile(user: PracticeUser) {
  return {
    login: user.login,
    id: githubId(user),
    node_id: `MDQ6VXNlcg${githubId(user)}`,
    avatar_url: `https://avatars.example/u/${githubId(user)}`,
    type: "User",
    site_admin: user.admin,
    name: user.name,
    company: "@practice",
    location: null,
    // What people show of themselves, and may be anything; most show nothing.
    email: user.login === "mallory" ? "ada@example.com" : null,
    two_factor_authentication: true,
  };
}

interface Address {
  email: string;
  primary: boolean;
  verified: boolean;
  visibility: "private" | null;
}

/** Mallory has written Ada's address into the account, and has not confirmed it. */
function addresses(user: PracticeUser): Address[] {
  const own = `${user.login}@users.example`;
  const address = (email: string, primary: boolean, verified: boolean): Address => ({
    email,
    primary,
    verified,
    visibility: primary ? "private" : null,
  });
  if (user.email === null) return [address(own, true, false)];
  if (user.login === "mallory") {
    return [address("ada@example.com", true, false), address(own, false, true)];
  }
  return [address(own, false, true), address(user.email, true, true)];
}

const slugOf = (group: string): string =>
  group
    .toLowerCase()
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/g, "-");

const organizations = (user: PracticeUser) =>
  user.groups.length > 0 ? [{ login: ORGANIZATION, id: 9919 }] : [];

const teams = (user: PracticeUser) =>
  user.groups.map((group, at) => ({
    id: 1000 + at,
    name: group,
    slug: slugOf(group),
    organization: { login: ORGANIZATION, id: 9919 },
  }));

/** What each list needs of the scopes. */
const LISTS: Record<string, { scope: string; of(user: PracticeUser): unknown[] }> = {
  "/user/emails": { scope: "user:email", of: addresses },
  "/user/orgs": { scope: "read:org", of: organizations },
  "/user/teams": { scope: "read:org", of: teams },
};

function sendList(
  response: ServerResponse,
  { origin, pathname, searchParams }: URL,
  all: unknown[],
  clientId: string,
): void {
  const size = Math.min(Number(searchParams.get("per_page")) || 30, MOST_PER_PAGE);
  const page = Number(searchParams.get("page")) || 1;
  const next = clientId === "fault-next-elsewhere" ? "https://other.example.com" : origin;
  if (page * size < all.length) {
    const link = (base: string, number: number, rel: string) =>
      `<${base}${pathname}?per_page=${size}&page=${number}>; rel="${rel}"`;
    const last = Math.ceil(all.length / size);
    response.setHeader("link", `${link(next, page + 1, "next")}, ${link(origin, last, "last")}`);
  }
  if (clientId === "fault-sso") {
    response.setHeader("x-github-sso", "partial-results; organizations=21955855,20582480");
  }
  sendJson(response, all.slice((page - 1) * size, page * size));
}

const tokenOf = ({ headers }: IncomingMessage): string =>
  /^Bearer (.+)$/.exec(headers.authorization ?? "")?.[1] ?? "";

interface Refusal {
  status: number;
  message: string;
}

function refusalOf(
  { headers }: IncomingMessage,
  grant: Grant | undefined,
  scope: string | null | undefined,
): Refusal | null {
  if (!headers["user-agent"]) {
    return { status: 403, message: "Request forbidden by administrative rules." };
  }
  if (!grant) return { status: 401, message: "Bad credentials" };
  if (grant.clientId === "fault-rate-limit") {
    return { status: 403, message: "API rate limit exceeded for user ID 583231." };
  }
  // GitHub does not tell what there is to somebody who may not see it.
  const hidden = scope === undefined || (scope !== null && !grant.scopes.includes(scope));
  return hidden ? { status: 404, message: "Not Found" } : null;
}

function rateHeaders(response: ServerResponse, grant: Grant | undefined): void {
  const limited = grant?.clientId === "fault-rate-limit";
  response.setHeader("x-ratelimit-limit", "5000");
  response.setHeader("x-ratelimit-remaining", limited ? "0" : "4999");
  response.setHeader("x-ratelimit-reset", String(epochSeconds() + 45));
}

const listAt = (path: string) => (Object.hasOwn(LISTS, path) ? LISTS[path] : undefined);

/** The part of GitHub's REST API that a sign-in reads, for the holder of an access token. */
export const githubApi =
  (tokens: ReadonlyMap<string, Grant>): Handler =>
  (request, response, url) => {
    if (!url.pathname.startsWith(`${PREFIX}/`) || request.method !== "GET") return false;
    const path = url.pathname.slice(PREFIX.length);
    const list = listAt(path);
    const grant = tokens.get(tokenOf(request));
    const user = userWithLogin(grant?.login ?? "");
    rateHeaders(response, grant);
    if (grant) response.setHeader("x-oauth-scopes", grant.scopes.join(", "));
    const refusal = refusalOf(request, grant, path === "/user" ? null : list?.scope);
    if (refusal || !user || !grant) {
      sendJson(response, { message: refusal?.message }, refusal?.status ?? 500);
    } else if (list) sendList(response, url, list.of(user), grant.clientId);
    else sendJson(response, profile(user));
    return true;
  };
