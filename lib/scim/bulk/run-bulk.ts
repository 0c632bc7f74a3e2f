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

const pathReferences = ({ path }: BulkOperation): unknown => segmentsOf(path);

/** `bulkId`s that an operation waits for. */
const waitsFor = (operation: BulkOperation, ids: ReadonlyMap<string, string>): string[] =>
  [...referencesIn([pathReferences(operation), operation.data])].filter((id) => !ids.has(id));

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

/** Of the operations that are left, the first that waits for nothing. */
function nextOf(left: readonly BulkOperation[], ids: ReadonlyMap<string, string>): BulkOperation {
  const ready = left.find((operation) => waitsFor(operation, ids).length === 0);
  const next = ready ?? left[0];
  if (!next) throw new Error("there is an operation left");
  return next;
}

const circular = (missing: readonly string[]) =>
  new ScimError(
    409,
    `bulkId:${(missing[0] ?? "").slice(0, 100)} names no resource that this request has created.`,
    "invalidValue",
  );

/**
 * POST /Bulk: each operation alone, in a transaction of its own, those that name a `bulkId` after the
 * one that creates it. Stops after `failOnErrors` errors. Throws ScimError when the whole is unreadable.
 */
export async function runBulk(request: ScimRequest, execute: Execute): Promise<ScimAnswer> {
  const { failOnErrors, operations } = readBulk(request.body);
  const ids = new Map<string, string>();
  const entries: unknown[] = [];
  let left = operations;
  let errors = 0;
  while (left.length > 0 && (failOnErrors === null || errors < failOnErrors)) {
    const operation = nextOf(left, ids);
    left = left.filter((other) => other !== operation);
    const missing = waitsFor(operation, ids);
    const wrong = wrongWith(operation) ?? (missing.length > 0 ? circular(missing) : null);
    const answer = wrong ? refused(wrong) : await execute(requestOf(operation, ids, request.base));
    if (answer.status >= 400) errors += 1;
    else if (operation.method === "POST" && operation.bulkId !== null) {
      ids.set(operation.bulkId, idOf(answer));
    }
    entries.push(entryOf(operation, answer, request.base));
  }
  return answerOf(200, { schemas: [BULK_RESPONSE_URN], Operations: entries });
}

const idOf = ({ headers }: ScimAnswer): string => headers.location?.split("/").at(-1) ?? "";
