import type { IncomingMessage, ServerResponse } from "node:http";
import { type PracticeUser, USERS } from "../accounts";
import { sendJson } from "../faults/certificates";
import { epochSeconds, type Fault } from "../faults/fault";
import type { Handler } from "../site";

/** The API token to paste. */
export const API_TOKEN = "00practice-api-token-for-this-machine-only";

const TOKEN_OF_ANOTHER = "00practice-token-of-another-organisation";
const TOKEN_ELSEWHERE = "00practice-token-next-page-elsewhere";
const TOKEN_TOO_OFTEN = "00practice-token-that-asked-too-often";
const TOKENS = [API_TOKEN, TOKEN_OF_ANOTHER, TOKEN_ELSEWHERE, TOKEN_TOO_OFTEN];

/** Faults of the groups API. The API sees no client, so that the token tells which one is meant. */
export const API_FAULTS: readonly Fault[] = [
  {
    id: "variant-no-api-token",
    title: "No API token",
    expect: "Groups may be missing (as grace): an API token lets Gatehouse read all of them.",
    code: "groups_limit",
    user: "grace",
    fields: { api_token: "" },
  },
  {
    id: "fault-api-token",
    title: "API token that is not valid",
    expect: "API token was not accepted; the groups of the ID token stay.",
    code: "groups_api_token",
    fields: { api_token: "00not-a-token-of-this-organisation" },
  },
  {
    id: "fault-api-no-user",
    title: "API token of another organisation",
    expect: "Groups API does not know this user.",
    code: "groups_api_no_user",
    fields: { api_token: TOKEN_OF_ANOTHER },
  },
  {
    id: "fault-api-next-elsewhere",
    title: "Next page of groups on another host",
    expect: "Groups API named a next page that was not read (as grace).",
    code: "groups_api_next_page",
    user: "grace",
    fields: { api_token: TOKEN_ELSEWHERE },
  },
  {
    id: "fault-api-too-often",
    title: "API that was asked too often (429)",
    expect: "Groups API is asked too often; no wait, and the groups of the ID token stay.",
    code: "groups_api_rate_limited",
    fields: { api_token: TOKEN_TOO_OFTEN },
  },
];

const MOST_PER_PAGE = 200;
const EVERYONE = "Everyone";

/** All groups of a user, as Okta has them. */
export const oktaGroups = (user: PracticeUser): string[] => [EVERYONE, ...user.groups];

const groupOf = (base: string, name: string, at: number) => {
  const id = `00gpractice${String(at).padStart(9, "0")}`;
  const time = "2026-01-05T08:00:00.000Z";
  return {
    id,
    created: time,
    lastUpdated: time,
    lastMembershipUpdated: time,
    objectClass: ["okta:user_group"],
    type: name === EVERYONE ? "BUILT_IN" : "OKTA_GROUP",
    profile: { name, description: null },
    _links: { users: { href: `${base}/api/v1/groups/${id}/users` } },
  };
};

/** The cursor is opaque to clients, as Okta's is. */
const cursor = (at: number): string => Buffer.from(`from ${at}`).toString("base64url");
const positionOf = (after: string): number =>
  Number(/^from (\d+)$/.exec(Buffer.from(after, "base64url").toString())?.[1] ?? 0);

function sendGroups(
  response: ServerResponse,
  { origin, pathname, searchParams }: URL,
  all: readonly string[],
  nextOrigin: string,
): void {
  const limit = Math.min(Number(searchParams.get("limit")) || MOST_PER_PAGE, MOST_PER_PAGE);
  const from = positionOf(searchParams.get("after") ?? "");
  const to = from + limit;
  const link = (base: string, query: Record<string, string>, rel: string) =>
    `<${base}${pathname}?${new URLSearchParams(query)}>; rel="${rel}"`;
  const links = [link(origin, Object.fromEntries(searchParams), "self")];
  if (to < all.length) {
    links.push(link(nextOrigin, { after: cursor(to), limit: String(limit) }, "next"));
  }
  response.setHeader("link", links);
  const page = all.slice(from, to).map((name, at) => groupOf(origin, name, from + at));
  sendJson(response, page);
}

const tokenOf = ({ headers }: IncomingMessage): string =>
  /^SSWS (.+)$/.exec(headers.authorization ?? "")?.[1] ?? "";

interface Refusal {
  status: number;
  errorCode: string;
  errorSummary: string;
}

const INVALID_TOKEN: Refusal = {
  status: 401,
  errorCode: "E0000011",
  errorSummary: "Invalid token provided",
};

const TOO_OFTEN: Refusal = {
  status: 429,
  errorCode: "E0000047",
  errorSummary: "API call exceeded rate limit due to too many requests.",
};

const noUser = (id: string): Refusal => ({
  status: 404,
  errorCode: "E0000007",
  errorSummary: `Not found: Resource not found: ${id} (User)`,
});

function sendRefusal(response: ServerResponse, { status, errorCode, errorSummary }: Refusal): void {
  const rest = { errorLink: errorCode, errorId: "oaepractice00000000001", errorCauses: [] };
  sendJson(response, { errorCode, errorSummary, ...rest }, status);
}

function refusalOf(token: string, user: PracticeUser | undefined, id: string): Refusal | null {
  if (!TOKENS.includes(token)) return INVALID_TOKEN;
  if (token === TOKEN_TOO_OFTEN) return TOO_OFTEN;
  return !user || token === TOKEN_OF_ANOTHER ? noUser(id) : null;
}

/** `GET /api/v1/users/<id or login>/groups` of an Okta organisation. */
export const oktaApi =
  (subjectOf: (user: PracticeUser) => string): Handler =>
  (request, response, url) => {
    const [, id] = /^\/api\/v1\/users\/([^/]+)\/groups$/.exec(url.pathname) ?? [];
    if (!id || request.method !== "GET") return false;
    const token = tokenOf(request);
    const names = (one: PracticeUser) => [subjectOf(one), one.login, one.email ?? ""];
    const user = USERS.find((one) => names(one).map(encodeURIComponent).includes(id));
    response.setHeader("x-rate-limit-limit", "600");
    response.setHeader("x-rate-limit-remaining", token === TOKEN_TOO_OFTEN ? "0" : "599");
    response.setHeader("x-rate-limit-reset", String(epochSeconds() + 45));
    const refusal = refusalOf(token, user, id);
    const nextOrigin = token === TOKEN_ELSEWHERE ? "https://other.example.com" : url.origin;
    if (refusal) sendRefusal(response, refusal);
    else sendGroups(response, url, user ? oktaGroups(user) : [], nextOrigin);
    return true;
  };
