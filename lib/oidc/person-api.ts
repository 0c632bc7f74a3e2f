import { isAppError } from "@/lib/kit/errors";
import { networkFault } from "@/lib/outbound/network-fault";
import type { DiagnosisCode } from "./diagnose";
import { factsOf, ProtocolFailure } from "./failure";
import { isSamePlace, nextLink, place, waitTime } from "./paging";
import { parseJsonList, parseJsonObject, textOf } from "./parse-json";
import type { Run } from "./run";
import type { Fact, PersonApi } from "./schema";

const MOST_PAGES = 20;

interface Answer {
  headers: Headers;
  body: string;
}

/** What the API is asked with, all through one round trip. */
export interface Caller {
  run: Run;
  api: PersonApi;
  accessToken: string;
}

const isRateLimit = (status: number, headers: Headers): boolean =>
  status === 429 ||
  (status === 403 && (headers.get("x-ratelimit-remaining") === "0" || headers.has("retry-after")));

function failureCode(status: number, headers: Headers): DiagnosisCode {
  if (status === 401) return "person_refused";
  if (isRateLimit(status, headers)) return "person_rate_limited";
  if (status === 403 && headers.has("x-github-sso")) return "person_groups_sso";
  // GitHub answers 404 where a scope is missing, so as not to tell what there is.
  return status === 403 || status === 404 ? "person_no_scope" : "person_status";
}

function refusalFacts({ run }: Caller, url: URL, response: Response, body: string): Fact[] {
  const { status, headers } = response;
  const json = parseJsonObject(body);
  return factsOf({
    Address: place(url),
    "HTTP status": status,
    Error: json && textOf(json, "message"),
    Location: headers.get("location"),
    "Scopes granted": headers.get("x-oauth-scopes"),
    "Allowed again in": isRateLimit(status, headers)
      ? waitTime(run, headers, "x-ratelimit-reset")
      : null,
  });
}

/** One request with the access token. Throws ProtocolFailure `person_*`. */
async function ask(caller: Caller, url: URL): Promise<Answer> {
  const { run, api, accessToken } = caller;
  const response = await run
    .fetch(url.href, {
      headers: { ...api.headers, ...run.request.headers, authorization: `Bearer ${accessToken}` },
    })
    .catch((error: unknown) => {
      const fault = networkFault(error);
      if (fault === null) throw error;
      const reason = fault === "blocked" && isAppError(error) ? error.message : null;
      throw new ProtocolFailure(
        `person_${fault}`,
        factsOf({ Host: url.host, Address: place(url), Reason: reason }),
      );
    });
  const body = await response.text();
  if (response.status === 200) return { headers: response.headers, body };
  throw new ProtocolFailure(
    failureCode(response.status, response.headers),
    refusalFacts(caller, url, response, body),
  );
}

function notJson(url: URL, { headers }: Answer): ProtocolFailure {
  return new ProtocolFailure(
    "person_not_json",
    factsOf({ Address: place(url), "Content type": headers.get("content-type") }),
  );
}

/** The JSON object at an address. */
export async function readObject(caller: Caller, address: string) {
  const url = new URL(address);
  const answer = await ask(caller, url);
  const object = parseJsonObject(answer.body);
  if (!object) throw notJson(url, answer);
  return object;
}

export interface List {
  elements: unknown[];
  /** Pages that were read. */
  pages: number;
  /** Where a next page is that was not read, because it is elsewhere. */
  elsewhere: string | null;
  /** Whether there were more pages than are read. */
  cut: boolean;
  /** Whether an organization left itself out until its own sign-in is used (GitHub's `X-GitHub-SSO`). */
  partial: boolean;
}

/**
 * A JSON list with all its pages, at most 20. The access token goes to the origin and path of the
 * first page only, whatever a later page is said to be.
 */
export async function readList(caller: Caller, address: string): Promise<List> {
  const first = new URL(address);
  const list: List = { elements: [], pages: 0, elsewhere: null, cut: false, partial: false };
  for (let page: URL | null = first; page !== null; ) {
    const answer: Answer = await ask(caller, page);
    const elements = parseJsonList(answer.body);
    if (!elements) throw notJson(page, answer);
    list.elements.push(...elements);
    list.pages += 1;
    list.partial ||= /^partial-results/i.test(answer.headers.get("x-github-sso") ?? "");
    const next: URL | null = nextLink(answer.headers.get("link"), page);
    if (next !== null && !isSamePlace(next, first)) return { ...list, elsewhere: place(next) };
    if (next !== null && list.pages === MOST_PAGES) return { ...list, cut: true };
    page = next;
  }
  return list;
}
