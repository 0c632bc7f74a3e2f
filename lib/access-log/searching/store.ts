import "server-only";
import { and, eq, gte, ilike, lt, or, type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { containing } from "@/db/like";
import { accessLog } from "@/db/schema/access-log";
import { LOG_RANGES } from "@/lib/kit/log-range";
import type { AccessQuery } from "../schema";

const REFERENCE = /^([2-9A-HJKMNP-Z]{4})[- ]?([2-9A-HJKMNP-Z]{4})$/i;

/** A reference as it is written, however somebody types it; null where there is none. */
export function referenceIn(text: string): string | null {
  const parts = REFERENCE.exec(text);
  return parts ? `${parts[1]}-${parts[2]}`.toUpperCase() : null;
}

const isId = (text: string): boolean => z.uuid().safeParse(text).success;

function searched(q: string): SQL | undefined {
  if (q === "") return undefined;
  const text = containing(q);
  const reference = referenceIn(q);
  return or(
    reference ? eq(accessLog.ref, reference) : undefined,
    ilike(accessLog.userEmail, text),
    ilike(accessLog.applicationName, text),
    ilike(accessLog.serviceTokenName, text),
    ilike(accessLog.host, text),
    ilike(accessLog.ip, text),
  );
}

/** What a query of the log finds. */
export const conditionsOf = (query: AccessQuery): SQL | undefined =>
  and(
    searched(query.q),
    query.event ? eq(accessLog.event, query.event) : undefined,
    query.allowed ? eq(accessLog.allowed, query.allowed === "yes") : undefined,
    isId(query.app) ? eq(accessLog.applicationId, query.app) : undefined,
    isId(query.user) ? eq(accessLog.userId, query.user) : undefined,
    isId(query.method) ? eq(accessLog.loginMethodId, query.method) : undefined,
    isId(query.policy) ? eq(accessLog.policyId, query.policy) : undefined,
    query.country ? eq(accessLog.country, query.country.toUpperCase()) : undefined,
    query.range
      ? gte(accessLog.at, sql`now() - make_interval(mins => ${LOG_RANGES[query.range]})`)
      : undefined,
    query.before ? lt(accessLog.id, query.before) : undefined,
  );
