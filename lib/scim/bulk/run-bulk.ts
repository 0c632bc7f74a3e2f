import { answerOf, type ScimAnswer, type ScimRequest } from "../execute/request";
import { ScimError, scimErrorBody } from "../scim-error";
import {
  BULK_RESPONSE_URN,
  type BulkOperation,
  readBulk,
  segmentsOf,
  wrongWith,
} from "./read-bulk";
import { referencesIn, resolved } from "./references";

type Execute = (request: ScimRequest) => Promise<ScimAnswer>;

const refused = ({ status, detail, scimType }: ScimError): ScimAnswer =>
  answerOf(status, scimErrorBody(status, detail, scimType));

/** An operation with the `bulkId`s that it still waits for: found once, for bodies can be long. */
interface Pending {
  operation: BulkOperation;
  waits: Set<string>;
}

const pendingOf = (operation: BulkOperation): Pending => ({
  operation,
  waits: referencesIn([segmentsOf(operation.path), operation.data]),
});

function requestOf(
  operation: BulkOperation,
  ids: ReadonlyMap<string, string>,
  base: string,
): ScimRequest {
  return {
    method: operation.method,
    segments: segmentsOf(operation.path).map((segment) => String(resolved(segment, ids))),
    query: new URLSearchParams(),
    body: resolved(operation.data, ids),
    ifMatch: operation.version,
    ifNoneMatch: null,
    base,
    bulkIndex: operation.index,
  };
}

/** One entry of the answer (RFC 7644 §3.7): an error has its body, a success its place and version. */
function entryOf(operation: BulkOperation, answer: ScimAnswer, base: string) {
  const { status, headers, body } = answer;
  const failed = status >= 400;
  const place = `${base}/${segmentsOf(operation.path).join("/")}`;
  const location = headers.location ?? (operation.method === "POST" ? undefined : place);
  return {
    method: operation.method,
    ...(operation.bulkId !== null && { bulkId: operation.bulkId }),
    ...(location && { location }),
    ...(headers.etag && { version: headers.etag }),
    status: String(status),
    ...(failed && { response: body }),
  };
}

/** Of the operations that are left, the first that waits for nothing; else the first. */
const nextOf = (left: readonly Pending[]): Pending | undefined =>
  left.find(({ waits }) => waits.size === 0) ?? left[0];

const circular = ([first = ""]: Iterable<string>) =>
  new ScimError(
    409,
    `bulkId:${first.slice(0, 100)} names no resource that this request has created.`,
    "invalidValue",
  );

const refusalOf = ({ operation, waits }: Pending): ScimError | null =>
  wrongWith(operation) ?? (waits.size > 0 ? circular(waits) : null);

/**
 * POST /Bulk: each operation alone, in a transaction of its own, those that name a `bulkId` after the
 * one that creates it. Stops after `failOnErrors` errors. Throws ScimError when the whole is unreadable.
 */
export async function runBulk(request: ScimRequest, execute: Execute): Promise<ScimAnswer> {
  const { failOnErrors, operations } = readBulk(request.body);
  const ids = new Map<string, string>();
  const entries: unknown[] = [];
  let left = operations.map(pendingOf);
  const made = ({ bulkId }: BulkOperation, answer: ScimAnswer) => {
    if (bulkId === null) return;
    ids.set(bulkId, idOf(answer));
    for (const { waits } of left) waits.delete(bulkId);
  };
  let errors = 0;
  for (let next = nextOf(left); next; next = nextOf(left)) {
    if (failOnErrors !== null && errors >= failOnErrors) break;
    const { operation } = next;
    left = left.filter((other) => other !== next);
    const wrong = refusalOf(next);
    const answer = wrong ? refused(wrong) : await execute(requestOf(operation, ids, request.base));
    if (answer.status >= 400) errors += 1;
    else if (operation.method === "POST") made(operation, answer);
    entries.push(entryOf(operation, answer, request.base));
  }
  return answerOf(200, { schemas: [BULK_RESPONSE_URN], Operations: entries });
}

const idOf = ({ headers }: ScimAnswer): string => headers.location?.split("/").at(-1) ?? "";
