import type { IncomingMessage, ServerResponse } from "node:http";
import { canonicalAddress } from "@/lib/http/forwarded";
import type { Decide, GateAnswer } from "../question";
import { fault } from "./fault";
import { leadsOut, type Misread, type Read, readQuestion } from "./read-question";
import { noQuestionReply, problemReply, type Reply, replyTo } from "./reply";
import type { Asked } from "./schema";
import { sendSoon } from "./send";

/** What the doors of the gate need from the rest of it. */
export interface GateDoor {
  isTrusted(address: string): boolean;
  /** Name of the header in which a trusted proxy says the client's country; null for none. */
  countryHeader(): string | null;
  decide: Decide;
  /** Told of a proxy that asks wrongly. Must not throw or wait. */
  report(problem: Misread & { peer: string | null }): void;
}

function answered(read: Read, answer: GateAnswer): Reply {
  try {
    return replyTo(read, answer);
  } catch (err) {
    return fault(err);
  }
}

/** Synchronous where the decision is. Never throws; what goes wrong is a 503. */
function settle(asked: Asked, door: GateDoor): Reply | Promise<Reply> {
  try {
    if (leadsOut(asked.url)) return noQuestionReply();
    const read = readQuestion(asked, door.countryHeader());
    if ("problem" in read) {
      const peer = asked.peer === null ? null : canonicalAddress(asked.peer);
      door.report({ ...read, peer });
      return problemReply(read);
    }
    const answer = door.decide(read.question);
    if (!(answer instanceof Promise)) return answered(read, answer);
    return answer.then((late) => answered(read, late), fault);
  } catch (err) {
    return fault(err);
  }
}

const countHosts = (raw: readonly string[]): number =>
  raw.filter((name, index) => index % 2 === 0 && name.toLowerCase() === "host").length;

/** A class: V8 defines the getter of an object literal anew for every request. */
class AskedOverHttp implements Asked {
  readonly method: string;
  readonly url: string;
  readonly peer: string | null;
  readonly #req: IncomingMessage;
  readonly #headers: IncomingMessage["headers"];

  constructor(
    req: IncomingMessage,
    readonly isTrusted: Asked["isTrusted"],
  ) {
    this.method = req.method ?? "";
    this.url = req.url ?? "";
    this.peer = req.socket.remoteAddress ?? null;
    this.#req = req;
    this.#headers = req.headers;
  }

  header(name: string): string | undefined {
    const value = this.#headers[name];
    return Array.isArray(value) ? value.join(", ") : value;
  }

  get hosts(): number {
    return countHosts(this.#req.rawHeaders);
  }
}

/**
 * Answers a proxy's question, without a framework. Call it for requests whose target `isForwardAuth`,
 * before anything rewrites their headers.
 */
export function handleForwardAuth(req: IncomingMessage, res: ServerResponse, door: GateDoor): void {
  const reply = settle(new AskedOverHttp(req, door.isTrusted), door);
  if (reply instanceof Promise) void reply.then((late) => sendSoon(res, late));
  else sendSoon(res, reply);
}

/**
 * The same for a `Request`, under `next dev`, where only the caller can know which address asks. A
 * `Headers` object has one value per name, with several joined as node:http joins them.
 */
export async function answerForwardAuth(
  request: Request,
  peer: string | null,
  door: GateDoor,
): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const { headers } = request;
  const {
    status,
    headers: given,
    body,
  } = await settle(
    {
      method: request.method,
      url: `${pathname}${search}`,
      header: (name) => headers.get(name) ?? undefined,
      hosts: 1,
      peer,
      isTrusted: door.isTrusted,
    },
    door,
  );
  const out = new Headers();
  for (const [name, value] of Object.entries(given)) {
    for (const one of [value].flat()) out.append(name, one);
  }
  // Of a text, even an empty one, a Response says that it is text/plain.
  const hasBody = body !== "" && status !== 204 && status !== 304;
  return new Response(hasBody ? body : null, { status, headers: out });
}
