import { factsOf, ProtocolFailure } from "./failure";
import { isSamePlace, nextLink, place, waitTime } from "./paging";
import { isJsonObject, parseJsonList, parseJsonObject, textOf } from "./parse-json";
import type { Run } from "./run";
import type { GroupsApi } from "./schema";
import type { StepNotes } from "./trace";

const MOST_PAGES = 20;
const MOST_GROUPS = 4000;
/** All names together; what `claimValues` takes is more. */
const MOST_CHARACTERS = 200 * 1024;

/** Throws for a subject that would turn the path into another one. */
function firstPage({ url }: GroupsApi, sub: string): URL {
  if (/^\.{1,2}$/.test(sub)) throw new ProtocolFailure("groups_api_no_user");
  return new URL(url.replace("{sub}", () => encodeURIComponent(sub)));
}

function checkNext(next: URL | null, first: URL): URL | null {
  if (next === null) return null;
  if (isSamePlace(next, first)) return next;
  throw new ProtocolFailure(
    "groups_api_next_page",
    factsOf({ "Next page": place(next), "Groups API": place(first) }),
  );
}

function refusal(run: Run, { status, headers }: Response, body: string): ProtocolFailure {
  const json = parseJsonObject(body);
  const [code, summary] = ["errorCode", "errorSummary"].map((name) => json && textOf(json, name));
  const facts = factsOf({
    "HTTP status": status,
    Error: [code, summary].filter(Boolean).join(": "),
    Location: headers.get("location"),
    "Allowed again in": status === 429 ? waitTime(run, headers, "x-rate-limit-reset") : null,
  });
  if (status === 401) return new ProtocolFailure("groups_api_token", facts);
  if (status === 403) return new ProtocolFailure("groups_api_forbidden", facts);
  if (status === 429) return new ProtocolFailure("groups_api_rate_limited", facts);
  // Without an error of the API, there is no API at this address.
  const known = status === 404 && code;
  return new ProtocolFailure(known ? "groups_api_no_user" : "groups_api_status", facts);
}

function nameIn(element: unknown, path: readonly string[]): string | null {
  const [name, ...rest] = path;
  if (name === undefined) return typeof element === "string" && element !== "" ? element : null;
  return isJsonObject(element) && Object.hasOwn(element, name) ? nameIn(element[name], rest) : null;
}

async function readPage(run: Run, api: GroupsApi, page: URL) {
  const response = await run.fetch(page.href, {
    headers: { accept: "application/json", authorization: `${api.scheme} ${api.token}` },
  });
  const body = await response.text();
  if (response.status !== 200) throw refusal(run, response, body);
  const list = parseJsonList(body);
  if (!list) {
    const type = response.headers.get("content-type");
    throw new ProtocolFailure("groups_api_not_json", factsOf({ "Content type": type }));
  }
  const names = list
    .map((element) => nameIn(element, api.namePath))
    .filter((name) => name !== null);
  return { names, next: nextLink(response.headers.get("link"), page) };
}

/**
 * All groups of a person by the provider's own API, at most 4,000 on 20 pages. The token goes to the
 * origin and path of the first page only, whatever a later page is said to be. Throws ProtocolFailure
 * `groups_api_*`, or what the fetch throws.
 */
export async function readGroups(
  run: Run,
  api: GroupsApi,
  sub: string,
  notes: StepNotes,
): Promise<string[]> {
  const first = firstPage(api, sub);
  const groups = new Set<string>();
  let room = MOST_CHARACTERS;
  let pages = 0;
  for (let page: URL | null = first; page !== null; ) {
    const { names, next } = await readPage(run, api, page);
    pages += 1;
    const fresh = names.filter((name) => !groups.has(name));
    for (const name of fresh) {
      room -= name.length;
      if (room >= 0 && groups.size < MOST_GROUPS) groups.add(name);
    }
    const full = room < 0 || groups.size >= MOST_GROUPS || pages === MOST_PAGES;
    const cut = full && (next !== null || !fresh.every((name) => groups.has(name)));
    if (cut) {
      notes.warn("groups_api_too_many", factsOf({ Groups: groups.size.toLocaleString("en") }));
    }
    page = cut ? null : checkNext(next, first);
  }
  notes.add(
    factsOf({
      "Groups API": `${groups.size} groups on ${pages} ${pages === 1 ? "page" : "pages"}`,
    }),
  );
  return [...groups];
}
