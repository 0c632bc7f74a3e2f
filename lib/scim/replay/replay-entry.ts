import "server-only";
import type { Admin } from "@/lib/kit/actor";
import { env } from "@/lib/kit/env";
import { AppError } from "@/lib/kit/errors";
import { scimEndpoint } from "../endpoint";
import { executeScim } from "../execute/execute";
import { REDACTED, redactBody } from "../log/redact";
import type { ScimLogEntry } from "../log/schema";
import { getScimLog } from "../log/store";
import { replayingClient } from "../secrets/store";
import type { Replay } from "./schema";

const notWhole = () =>
  new AppError("conflict", "The log does not hold the whole request, so it cannot be replayed.", {
    fix: "It was cut, was not JSON, or held something that the log must not keep. Replay another entry of the same resource.",
  });

function bodyOf({ request }: ScimLogEntry): unknown {
  if (request === null) return undefined;
  try {
    return JSON.parse(request);
  } catch {
    throw notWhole();
  }
}

function queryOf({ query }: ScimLogEntry): URLSearchParams {
  if (query === REDACTED) throw notWhole();
  return new URLSearchParams(query ?? "");
}

const detailOf = (body: unknown): string | null => {
  const detail = typeof body === "object" && body !== null ? Reflect.get(body, "detail") : null;
  return typeof detail === "string" ? detail : null;
};

/**
 * Does a request of the log once more against what is stored and chosen now, in a transaction that is
 * taken back. Preconditions on versions are left out: they are of then. AppError `conflict` where the
 * log does not hold the whole request.
 */
export async function replayEntry(admin: Admin, id: number): Promise<Replay> {
  const entry = await getScimLog(admin, id);
  if (!entry.method) throw notWhole();
  const client = await replayingClient(admin, entry.loginMethod.id, entry.userAgent);
  const request = {
    method: entry.method,
    segments: entry.path.split("/").filter(Boolean),
    query: queryOf(entry),
    body: bodyOf(entry),
    ...{ ifMatch: null, ifNoneMatch: null, bulkIndex: entry.bulkIndex },
    base: scimEndpoint(env().url, entry.loginMethod.id),
  };
  const { answer, about, operations = [] } = await executeScim(client, request, { dryRun: true });
  const abouts = about ? [about, ...operations] : operations;
  const failed = answer.status >= 400;
  return {
    status: answer.status,
    error: failed ? (detailOf(answer.body) ?? `It would be answered ${answer.status}.`) : null,
    intents: abouts.map(({ intent }) => intent),
    effects: abouts.flatMap(({ effects }) => effects),
    response: redactBody(answer.body),
  };
}
