import * as z from "zod";
import { MAX_OPERATIONS } from "../limits";
import { ScimError } from "../scim-error";

export const BULK_REQUEST_URN = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";
export const BULK_RESPONSE_URN = "urn:ietf:params:scim:api:messages:2.0:BulkResponse";

const METHODS = ["POST", "PUT", "PATCH", "DELETE"];

/** An operation as it was sent; what is wrong with one is said of that one. */
export interface BulkOperation {
  index: number;
  method: string;
  bulkId: string | null;
  path: string;
  /** ETag that the resource must have. */
  version: string | null;
  data: unknown;
}

export interface BulkRequest {
  /** How many errors stop the rest; null for none. */
  failOnErrors: number | null;
  operations: BulkOperation[];
}

const invalid = (detail: string) => new ScimError(400, detail, "invalidSyntax");

const requestSchema = z.looseObject({
  schemas: z.array(z.string()).optional(),
  failOnErrors: z.number().int().min(1).optional(),
  Operations: z.array(z.unknown()),
});

const operationSchema = z.looseObject({
  method: z.string().transform((method) => method.toUpperCase()),
  bulkId: z.string().min(1).max(200).optional(),
  path: z.string().max(500),
  version: z.string().max(100).optional(),
  data: z.unknown().optional(),
});

/** The body of POST /Bulk (RFC 7644 §3.7). Throws ScimError 400, or 413 for too many operations. */
export function readBulk(body: unknown): BulkRequest {
  const { success, data } = requestSchema.safeParse(body);
  if (!success) {
    throw invalid(
      "A Bulk request is an object with Operations, a list; failOnErrors is a whole number from 1.",
    );
  }
  if (data.schemas && !data.schemas.includes(BULK_REQUEST_URN)) {
    throw invalid(`schemas must name ${BULK_REQUEST_URN}.`);
  }
  if (data.Operations.length > MAX_OPERATIONS) {
    throw new ScimError(
      413,
      `This Bulk request has ${data.Operations.length} operations; the most is ${MAX_OPERATIONS} (maxOperations).`,
    );
  }
  return {
    failOnErrors: data.failOnErrors ?? null,
    operations: data.Operations.map(readOperation),
  };
}

function readOperation(given: unknown, index: number): BulkOperation {
  const { success, data } = operationSchema.safeParse(given);
  if (!success) throw invalid(`Operations[${index}] needs a method and a path, both text.`);
  const { method, bulkId = null, path, version = null } = data;
  return { index, method, bulkId, path, version, data: data.data };
}

/** What is wrong with one operation, whatever it is about; null for nothing. */
export function wrongWith({ method, bulkId, path }: BulkOperation): ScimError | null {
  if (!METHODS.includes(method)) {
    return invalid(`method must be one of ${METHODS.join(", ")}; it is ${method.slice(0, 20)}.`);
  }
  if (method === "POST" && bulkId === null) return invalid("A POST needs a bulkId.");
  const segments = segmentsOf(path);
  const wanted = method === "POST" ? 1 : 2;
  if (!/^(users|groups)$/i.test(segments[0] ?? "") || segments.length !== wanted) {
    return new ScimError(
      400,
      `path must be /Users or /Groups${wanted === 2 ? " and an id" : ""}; it is ${path.slice(0, 100)}.`,
      "invalidPath",
    );
  }
  return null;
}

export const segmentsOf = (path: string): string[] => path.split("/").filter(Boolean);
