import { AppError, type ErrorCode, isAppError } from "@/lib/kit/errors";
import { type GuardedFetch, guardedFetch } from "@/lib/outbound/guarded-fetch";
import { isDeep } from "@/lib/outbound/json-depth";
import { FaultError, networkFault } from "@/lib/outbound/network-fault";
import { mayUsePlainHttp } from "@/lib/outbound/plain-http";
import type { OutboundPolicy } from "@/lib/outbound/schema";
import { discoveryAddresses } from "./discovery-addresses";
import { isDiscoveryDocument, readDocument } from "./discovery-document";
import type { DiscoveryReport } from "./discovery-schema";
import { type JsonObject, looksLikeHtml, parseJsonObject } from "./parse-json";

const MOST_REDIRECTS = 2;
const TOTAL_MS = 8000;

/** Why one address had no document. The greater the weight, the more it tells an admin. */
interface Miss {
  weight: number;
  message: string;
  fix: string;
}
type Answer = { document: JsonObject; url: string } | Miss;

const CHECK_ADDRESS =
  "Paste the issuer or the discovery URL as your provider's settings page shows it.";

function miss(weight: number, message: string, fix = CHECK_ADDRESS): Miss {
  return { weight, message, fix };
}

/** `discovery_failed`: a server answered, so another address of it may be worth a try. */
function discoveryFailed(
  message: string,
  fix: string,
  cause?: unknown,
  code: ErrorCode = "discovery_failed",
): AppError {
  return new AppError(code, message, {
    fix,
    fields: { discovery_url: [message] },
    cause,
  });
}

function readText(text: string, url: string): Answer {
  if (looksLikeHtml(text)) return miss(5, "The server answered with a web page, not JSON.");
  if (isDeep(text)) return miss(6, "The answer nests deeper than a discovery document does.");
  const document = parseJsonObject(text);
  if (!document) return miss(4, "The server's answer is not a JSON object.");
  if (isDiscoveryDocument(document)) return { document, url };
  return Array.isArray(document.keys)
    ? miss(
        7,
        "This address holds signing keys, not a discovery document.",
        "Enter it as Certificate URL, or paste the issuer here.",
      )
    : miss(6, "The server answered with JSON, but not with a discovery document.");
}

/** Where an answer other than 200 leads within the same origin, or why it leads nowhere. */
function nextHop(response: Response, url: string): string | Miss {
  const { status, headers } = response;
  const location = headers.get("location");
  if (status < 300 || status >= 400 || location === null) {
    return miss(status === 404 ? 1 : 2, `The server answered ${status}.`);
  }
  const next = URL.canParse(location, url) ? new URL(location, url) : null;
  if (next?.origin === new URL(url).origin) return next.href;
  const to = next ? `${next.origin}${next.pathname}`.slice(0, 300) : "nowhere";
  return miss(
    3,
    `The server redirects to another address: ${to}`,
    "If that is your provider, paste that address instead.",
  );
}

/** One address, with redirects within the same origin; each hop passes the guard again. */
async function ask(fetch: GuardedFetch, address: string): Promise<Answer> {
  let url = address;
  for (let hop = 0; hop <= MOST_REDIRECTS; hop += 1) {
    const response = await fetch(url, { headers: { accept: "application/json" } });
    if (response.status === 200) return readText(await response.text(), url);
    const next = nextHop(response, url);
    if (typeof next !== "string") return next;
    url = next;
  }
  return miss(3, "The server redirects in a circle.");
}

async function askWithTls(policy: OutboundPolicy, fetch: GuardedFetch, address: string) {
  if (address.startsWith("http:") && !(await mayUsePlainHttp(policy, address))) {
    throw discoveryFailed(
      "The address starts with http://, so anyone on the way could change the answer.",
      "Use https://. If the provider is in your own network and has no TLS, an owner can add its host under Settings > System.",
      undefined,
      "outbound_blocked",
    );
  }
  return ask(fetch, address);
}

/** A blocked, unknown or silent host stays so for every address of it: only HTTP answers are worth another try. */
function asDiscoveryError(error: unknown): Error {
  if (!isAppError(error)) return error as Error;
  if (error.code === "discovery_failed") return error;
  return discoveryFailed(error.message, error.fix ?? CHECK_ADDRESS, error, error.code);
}

function nothingFound(misses: readonly Miss[], tried: readonly string[]): AppError {
  const [worst = miss(0, "Nothing was found.")] = [...misses].sort((a, b) => b.weight - a.weight);
  const also = tried.length > 1 ? ` Tried: ${tried.join(", ")}.` : "";
  return discoveryFailed(`${worst.message}${also}`, worst.fix);
}

function parseTyped(typed: string): URL {
  const text = typed.trim();
  const url = text.length <= 2048 && URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) {
    throw discoveryFailed(
      "Enter a full URL that starts with https://",
      CHECK_ADDRESS,
      undefined,
      "invalid_input",
    );
  }
  url.hash = "";
  return url;
}

/**
 * Finds and reads the discovery document of what an admin typed: an issuer with or without a slash at
 * the end, a whole well-known URL, or an application URL of authentik. All tries together take at
 * most 8 seconds (`totalMs`). `fetch`, itself guarded, replaces the plain one: a check's notes the
 * clocks, a login method's own trusts its authority. Throws AppError `discovery_failed`, or
 * what the fetch says when no server answered, with its message also on the field `discovery_url`.
 */
export async function readDiscovery(
  policy: OutboundPolicy,
  typed: string,
  options: { totalMs?: number; fetch?: GuardedFetch } = {},
): Promise<DiscoveryReport> {
  const addresses = discoveryAddresses(parseTyped(typed));
  const { totalMs = TOTAL_MS } = options;
  const total = new AbortController();
  const timer = setTimeout(() => total.abort(new FaultError("timeout")), totalMs);
  const guarded =
    options.fetch ?? guardedFetch(policy, { timeoutMs: totalMs, plainHttpToListed: true });
  const fetch: GuardedFetch = (url, init) => guarded(url, { ...init, signal: total.signal });
  const misses: Miss[] = [];
  try {
    for (const address of addresses) {
      const answer = await askWithTls(policy, fetch, address).catch((error) => {
        // One oversized answer says nothing about the next address.
        if (networkFault(error) === "too_large")
          return miss(6, "The answer is larger than a discovery document can be.");
        throw asDiscoveryError(error);
      });
      if ("document" in answer) return readDocument(answer.document, answer.url);
      misses.push(answer);
    }
  } finally {
    clearTimeout(timer);
  }
  throw nothingFound(misses, addresses);
}
