import { canonicalAddress } from "@/lib/http/forwarded";
import { isPlainPath } from "../path-readings";
import type { GateQuestion } from "../question";
import { pathOf } from "../target-application";
import { frontEnds } from "./index";
import { FULL_ANSWER } from "./nginx";
import { type Asked, type FrontEndId, isProblem, type ProxyProblem } from "./schema";

export const FORWARD_AUTH = "/forward-auth";
/** The data plane's own paths: a proxy passes them to Gatehouse and asks nothing about them. */
const ACCESS_PATH = "/cdn-cgi/access/";
const COUNTRY = /^[A-Za-z]{2}$/;

const UPWARDS = /(?:\/|%2f)(?:\.|%2e){2}(?:\/|%2f|$)/i;

/** Whether a request target is the gate's: `/forward-auth`, and everything below it. */
export function isForwardAuth(url: string): boolean {
  if (!url.startsWith(FORWARD_AUTH)) return false;
  const next = url.charAt(FORWARD_AUTH.length);
  return next === "" || next === "/" || next === "?";
}

/**
 * Whether a target of the gate's leads out of there again: a proxy that resolves it passes it on for a
 * stranger, in its own name. It is no question, and nobody else's to answer: any 200 is a yes to Envoy.
 */
export function leadsOut(url: string): boolean {
  const dots = url.includes("..") || url.includes("%2");
  return dots && UPWARDS.test(pathOf(url));
}

export interface Misread extends ProxyProblem {
  /** Null where the address names none that there is. */
  frontEnd: FrontEndId | null;
}

export interface Read {
  question: GateQuestion;
  /** nginx's first question, of which it sees no more than a status. */
  statusOnly: boolean;
}

/** How long the name of a front end is that begins at `start`: up to a slash or a query. */
function endOfId(url: string, start: number): number {
  let end = start;
  while (end < url.length && url[end] !== "/" && url[end] !== "?") end += 1;
  return end;
}

function countryIn(asked: Asked, name: string | null): string | null {
  const value = name === null ? undefined : asked.header(name.toLowerCase());
  return value !== undefined && COUNTRY.test(value) ? value.toUpperCase() : null;
}

/**
 * Reads a question strictly: from a trusted proxy, in the words of the front end that its address
 * names, and in no other's. `countryHeader` is where a trusted proxy says which country the client is
 * in. Nothing is believed of what does not fit: it comes back as the problem that it is.
 */
export function readQuestion(asked: Asked, countryHeader: string | null): Read | Misread {
  const start = FORWARD_AUTH.length + 1;
  const end = endOfId(asked.url, start);
  const frontEnd = frontEnds.get(asked.url.slice(start, end));
  if (!frontEnd) {
    return { frontEnd: null, problem: "unknown_front_end", detail: "", host: null };
  }
  const peer = asked.peer === null ? null : canonicalAddress(asked.peer);
  if (peer === null || !asked.isTrusted(peer)) {
    return { frontEnd: frontEnd.id, problem: "untrusted_proxy", detail: "", host: null };
  }
  const rest = asked.url.slice(end);
  const original = frontEnd.read(asked, rest);
  if (isProblem(original)) return { frontEnd: frontEnd.id, ...original };
  // One with dots or escapes may lead out of there, and a stranger may send it through a proxy that is right.
  if (original.target.startsWith(ACCESS_PATH) && isPlainPath(pathOf(original.target))) {
    return {
      frontEnd: frontEnd.id,
      problem: "access_path_not_forwarded",
      detail: "",
      host: original.host,
    };
  }
  const statusOnly = frontEnd.id === "nginx" && rest !== FULL_ANSWER;
  return {
    statusOnly,
    question: {
      frontEnd: frontEnd.id,
      method: original.method,
      scheme: original.scheme,
      host: original.host,
      target: original.target,
      ip: original.ip,
      country: countryIn(asked, countryHeader),
      cookie: asked.header("cookie"),
      header: (name) => asked.header(name),
      rehearsal: statusOnly,
    },
  };
}
