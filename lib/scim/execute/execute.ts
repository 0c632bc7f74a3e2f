import type { ScimClient } from "@/lib/kit/actor";
import { isAppError } from "@/lib/kit/errors";
import { log } from "@/lib/kit/log";
import { processState } from "@/lib/kit/process-state";
import { runBulk } from "../bulk/run-bulk";
import { noteScimFailure, writeScimLog } from "../log/store";
import { isScimError, ScimError, scimErrorBody } from "../scim-error";
import { renewedClient } from "../secrets/renewal/store";
import { isBusy, scimReads, scimTransaction } from "../transaction/store";
import { dispatch, isRead } from "./dispatch";
import { senderOf } from "./intent-for";
import { type About, answerOf, type Done, type ScimAnswer, type ScimRequest } from "./request";
import { Turns } from "./turns";

export interface ScimOutcome extends Done {
  /** Of the operations of a Bulk request, what each was about. */
  operations?: About[];
}

const TOO_MANY = "Too many requests wait to be answered. Try again in a moment.";
const BUSY =
  "The resource is busy, or the request asks for more than can be answered in time. Try again later, or ask for less.";

/** Any failure as a refusal that a client may read. */
function asRefusal(error: unknown, requestId: string): ScimError {
  if (isScimError(error)) return error;
  if (isAppError(error) && error.code === "unavailable") {
    log.error({ err: error, requestId }, "a SCIM request failed");
    return new ScimError(503, "Gatehouse cannot reach its database. Try again in a moment.");
  }
  if (isBusy(error)) {
    log.warn({ err: error, requestId }, "a SCIM request had to wait for too long");
    return new ScimError(503, BUSY, undefined, { retryAfter: 5 });
  }
  log.error({ err: error, requestId }, "a SCIM request failed");
  return new ScimError(500, `Gatehouse failed. Its log has more about request ${requestId}.`);
}

/** The answer to a refused request (RFC 7644 §3.12). */
export function refusalAnswer({ status, detail, scimType, retryAfter }: ScimError): ScimAnswer {
  const headers: Record<string, string> = {};
  if (retryAfter !== undefined) headers["retry-after"] = String(retryAfter);
  if (status === 401) headers["www-authenticate"] = 'Bearer realm="SCIM"';
  return answerOf(status, scimErrorBody(status, detail, scimType), headers);
}

const pathOf = ({ segments }: ScimRequest): string => `/${segments.join("/")}`;

const entryOf = (client: ScimClient, request: ScimRequest, answer: ScimAnswer, began: number) => ({
  method: request.method,
  path: pathOf(request),
  query: request.query.size > 0 ? request.query.toString() : null,
  status: answer.status,
  bulkIndex: request.bulkIndex,
  request: request.body,
  response: answer.body,
  client: senderOf({ client, request })?.id ?? null,
  durationMs: Math.round(performance.now() - began),
});

/** Of the pool's ten connections: people who sign in need some too. */
const turns = () => processState("scim-turns", () => new Turns(6, 4, 500));

async function executeOne(
  client: ScimClient,
  request: ScimRequest,
  dryRun: boolean,
): Promise<Done> {
  const turn = turns().take(client.secretId);
  if (!turn) {
    const refusal = new ScimError(429, TOO_MANY, undefined, { retryAfter: 1 });
    return { answer: refusalAnswer(refusal), about: null };
  }
  const release = await turn;
  try {
    return await inTurn(client, request, dryRun);
  } finally {
    release();
  }
}

async function inTurn(admitted: ScimClient, request: ScimRequest, dryRun: boolean): Promise<Done> {
  const began = performance.now();
  let client = admitted;
  try {
    if (isRead(request)) return await dispatch({ tx: await scimReads(), client, request });
    return await scimTransaction(dryRun, async (tx) => {
      if (!dryRun) client = await renewedClient(tx, admitted);
      const done = await dispatch({ tx, client, request });
      // In the same transaction: whatever was answered 2xx is in the log, and nothing else.
      if (!dryRun) {
        await writeScimLog(tx, client, {
          ...entryOf(client, request, done.answer, began),
          ...done.about,
        });
      }
      return done;
    });
  } catch (error) {
    const answer = dryRun
      ? refusalAnswer(asRefusal(error, client.from.requestId))
      : await refuseScim(client, request, error, began);
    return { answer, about: null };
  }
}

/** The answer to a request that failed, which is written down. Never throws. */
export async function refuseScim(
  client: ScimClient,
  request: ScimRequest,
  error: unknown,
  began = performance.now(),
): Promise<ScimAnswer> {
  const refusal = asRefusal(error, client.from.requestId);
  const answer = refusalAnswer(refusal);
  if (!isExpectedMiss(request, answer)) {
    const { scimType = null, detail } = refusal;
    const entry = entryOf(client, request, answer, began);
    await noteScimFailure(client, { ...entry, scimType, error: detail });
  }
  return answer;
}

/** Clients look whether something is there; that it is not is an answer, and no failure. */
const isExpectedMiss = ({ method }: ScimRequest, { status }: ScimAnswer): boolean =>
  method === "GET" && (status === 404 || status === 501);

const isBulk = ({ method, segments }: ScimRequest): boolean =>
  method === "POST" && segments.length === 1 && segments[0]?.toLowerCase() === "bulk";

/**
 * Answers one request of a SCIM client: the one place for HTTP, Bulk and dry runs. Whatever goes wrong
 * is in the answer; it never throws. A dry run does the whole work in a transaction that is taken
 * back: its answer and effects are those that the request would have now, and nothing is kept.
 */
export async function executeScim(
  client: ScimClient,
  request: ScimRequest,
  { dryRun = false }: { dryRun?: boolean } = {},
): Promise<ScimOutcome> {
  if (!isBulk(request)) return executeOne(client, request, dryRun);
  const operations: About[] = [];
  try {
    const answer = await runBulk(request, async (operation) => {
      const done = await executeOne(client, operation, dryRun);
      if (done.about) operations.push(done.about);
      return done.answer;
    });
    return { answer, about: null, operations };
  } catch (error) {
    const answer = dryRun
      ? refusalAnswer(asRefusal(error, client.from.requestId))
      : await refuseScim(client, request, error);
    return { answer, about: null, operations };
  }
}
