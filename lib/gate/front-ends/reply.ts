import { withoutCookie } from "@/lib/sessions/cookies";
import { COOKIES } from "@/lib/sessions/schema";
import type { GateAnswer, GateQuestion } from "../question";
import { problemWords } from "../reports/problems";
import type { Misread, Read } from "./read-question";
import { type FrontEndId, PREFLIGHT_HEADER } from "./schema";

/** What goes back to the proxy. */
export interface Reply {
  status: number;
  headers: Record<string, string | string[]>;
  body: string;
}

/** Proxies for which any 2xx means "let it through"; for the others 200 alone does, by their own rules (Envoy) or their configuration. */
const TAKES_2XX_FOR_YES = new Set<FrontEndId>(["caddy", "traefik"]);

const plain = (status: number, body: string): Reply => ({
  status,
  headers: {
    "content-type": "text/plain; charset=utf-8",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  },
  body,
});

/**
 * Lets it through. `cookie` is what the proxy passes on in place of the client's own: the binding cookie
 * is for the gate alone (reference: cloudflare-access §4.2), and few proxies can take one out of many.
 */
const letThrough = ({ cookie }: GateQuestion, answer: GateAnswer): Reply => ({
  status: 200,
  headers: { ...answer.headers, cookie: withoutCookie(cookie, COOKIES.binding) },
  body: "",
});

/**
 * nginx knows 2xx, 401 and 403, anything else becomes its 500; and an unread body would cost it the
 * connection. What the browser sees, it fetches from `/answer`.
 */
function statusForNginx(question: GateQuestion, answer: GateAnswer): Reply {
  if (answer.allowed) return letThrough(question, answer);
  const signIn = answer.status === 401 || (answer.status >= 300 && answer.status < 400);
  return { status: signIn ? 401 : 403, headers: { ...answer.headers }, body: "" };
}

/**
 * The gate's own answer to a preflight, which Caddy would take for a yes: a 403 that its configuration
 * turns into a 204, and that an older configuration passes on as the refusal it is.
 */
function preflightForCaddy(answer: GateAnswer): Reply {
  const reply = plain(
    403,
    "The gate has answered this preflight request, and the configuration of Caddy does not know how to pass that on: copy it anew from the application's page.\n",
  );
  return { ...reply, headers: { ...reply.headers, ...answer.headers, [PREFLIGHT_HEADER]: "204" } };
}

/** An answer of the gate in the dialect of the proxy that asked. Never what the proxy takes for a yes where the gate refuses. */
export function replyTo({ question, statusOnly }: Read, answer: GateAnswer): Reply {
  if (statusOnly) return statusForNginx(question, answer);
  const { frontEnd } = question;
  if (answer.allowed) {
    // nginx asks for a page only after a refusal: the proxy itself refused this one, or it was just now allowed.
    if (frontEnd === "nginx") {
      return plain(403, "The gate lets this request through, and the proxy itself refused it.\n");
    }
    return letThrough(question, answer);
  }
  const isYes = answer.status >= 200 && answer.status < 300;
  if (frontEnd === "caddy" && answer.status === 204) return preflightForCaddy(answer);
  if (isYes && (TAKES_2XX_FOR_YES.has(frontEnd) || answer.status !== 204)) {
    return plain(
      403,
      "This proxy takes the gate's own answer to a preflight request for a yes: let preflight requests through to the application instead.\n",
    );
  }
  return { status: answer.status, headers: { ...answer.headers }, body: answer.body ?? "" };
}

/** A question that could not be read: refused, and the body says why. */
export function problemReply({ frontEnd, problem, detail }: Misread): Reply {
  const { title, fix } = problemWords(frontEnd, problem);
  const status = problem === "unknown_front_end" ? 404 : 403;
  const odd = detail ? ` (${detail})` : "";
  const reply = plain(status, `${title}${odd}.\n\n${fix}\n`);
  reply.headers["x-gate-problem"] = problem;
  return reply;
}

/** Whoever it comes from, it asks nothing, and is told nothing. */
export const noQuestionReply = (): Reply => plain(404, "There is nothing here.\n");

/** Something went wrong here: refused. nginx shows its own error page for it. */
export const faultReply = (): Reply =>
  plain(503, "The gate cannot decide right now. Try again in a moment.\n");
