import "server-only";
import { sql } from "drizzle-orm";
import { database } from "@/db/client";
import { accessLog } from "@/db/schema/access-log";
import type { Viewer } from "@/lib/kit/actor";
import { LOG_RANGES } from "@/lib/kit/log-range";
import type { AccessBar, AccessQuery } from "../schema";
import { conditionsOf } from "../searching/store";

/** Bars of each range: minutes, five minutes, hours, six hours, days. */
const BARS = { "15m": 15, "1h": 12, "24h": 24, "7d": 28, "30d": 30 } as const;

/** How many were let in and refused in each part of the range, oldest first; none without a range. */
export async function accessBars(
  _viewer: Viewer,
  { range, ...query }: AccessQuery,
): Promise<AccessBar[]> {
  if (!range) return [];
  const bars = BARS[range];
  const ms = (LOG_RANGES[range] * 60_000) / bars;
  const end = Date.now();
  const start = end - bars * ms;
  const db = await database();
  const bar = sql<number>`least(${bars - 1}, greatest(0, floor((extract(epoch from ${accessLog.at}) * 1000 - ${start}) / ${ms})))::int`;
  const rows = await db
    .select({ bar, allowed: accessLog.allowed, times: sql<number>`sum(${accessLog.count})::int` })
    .from(accessLog)
    .where(conditionsOf({ ...query, range, before: undefined }))
    .groupBy(sql`1`, accessLog.allowed);
  const timesOf = (at: number, allowed: boolean): number =>
    rows.find((row) => row.bar === at && row.allowed === allowed)?.times ?? 0;
  return Array.from({ length: bars }, (_, at) => ({
    from: new Date(start + at * ms).toISOString(),
    allowed: timesOf(at, true),
    refused: timesOf(at, false),
  }));
}
