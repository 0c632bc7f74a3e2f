import "server-only";
import { createHash } from "node:crypto";
import { desc, eq, lt, notInArray, or, sql } from "drizzle-orm";
import { database } from "@/db/client";
import { proxyReports } from "@/db/schema/access-log";
import { applications } from "@/db/schema/applications";
import { parseDestination } from "@/lib/applications/destination";
import { recordChange } from "@/lib/audit/store";
import type { Admin, Viewer } from "@/lib/kit/actor";
import type { DataPlane } from "@/lib/kit/data-plane";
import { AppError } from "@/lib/kit/errors";
import {
  FRONT_END_NAMES,
  FRONT_ENDS,
  type FrontEndId,
  PROXY_PROBLEMS,
  type ProxyProblemCode,
} from "../front-ends/schema";
import { namesHost } from "../host-index";
import { problemWords } from "./problems";
import type { NewProxyReport, ProxyReport } from "./schema";

/** Rows that are kept, the newest. */
const MOST = 200;
const NO_FRONT_END = "unknown";

type Row = typeof proxyReports.$inferSelect;

const idOf = ({ frontEnd, problem, peer, host, detail }: NewProxyReport): string =>
  createHash("sha256")
    .update(JSON.stringify([frontEnd, problem, peer, host, detail]))
    .digest("hex")
    .slice(0, 32);

/** Adds to the reports there are. Old ones, and all but the newest 200, are forgotten. */
export async function saveProxyReports(
  _dataPlane: DataPlane,
  reports: readonly NewProxyReport[],
): Promise<void> {
  if (reports.length === 0) return;
  const db = await database();
  await db
    .insert(proxyReports)
    .values(
      reports.map((report) => ({
        id: idOf(report),
        frontEnd: report.frontEnd ?? NO_FRONT_END,
        problem: report.problem,
        peer: report.peer,
        host: report.host,
        detail: report.detail,
        count: report.count,
        firstAt: new Date(report.firstAt),
        lastAt: new Date(report.lastAt),
      })),
    )
    .onConflictDoUpdate({
      target: proxyReports.id,
      set: {
        // An integer, and it stays one.
        count: sql`least(${proxyReports.count}::bigint + excluded.count, 2147483647)::integer`,
        lastAt: sql`greatest(${proxyReports.lastAt}, excluded.last_at)`,
      },
    });
  const newest = db
    .select({ id: proxyReports.id })
    .from(proxyReports)
    .orderBy(desc(proxyReports.lastAt), proxyReports.id)
    .limit(MOST);
  await db
    .delete(proxyReports)
    .where(
      or(
        lt(proxyReports.lastAt, sql`now() - interval '30 days'`),
        notInArray(proxyReports.id, newest),
      ),
    );
}

const frontEndIn = (text: string): FrontEndId | null =>
  FRONT_ENDS.find((id) => id === text) ?? null;
const problemIn = (text: string): ProxyProblemCode =>
  PROXY_PROBLEMS.find((code) => code === text) ?? "unknown_front_end";

interface Covering {
  id: string;
  name: string;
  destinations: readonly string[];
}

/** A report without a host is about any of them. A host that is named counts before a pattern. */
function applicationFor(host: string | null, all: readonly Covering[]): ProxyReport["application"] {
  const covering = ({ destinations }: Covering, asked: string, wild: boolean): boolean =>
    destinations.some((text) => {
      const destination = parseDestination(text);
      if (!destination || destination.host.includes("*") !== wild) return false;
      return namesHost(destination, asked);
    });
  const found =
    host === null
      ? all[0]
      : (all.find((one) => covering(one, host, false)) ??
        all.find((one) => covering(one, host, true)));
  return found ? { id: found.id, name: found.name } : null;
}

function toReport(row: Row, all: readonly Covering[]): ProxyReport {
  const frontEnd = frontEndIn(row.frontEnd);
  const problem = problemIn(row.problem);
  const { id, peer, host, detail, count } = row;
  return {
    id,
    frontEnd,
    problem,
    peer,
    host,
    detail,
    count,
    firstAt: row.firstAt.toISOString(),
    lastAt: row.lastAt.toISOString(),
    ...problemWords(frontEnd, problem),
    application: applicationFor(host, all),
  };
}

/** What proxies do wrong, the newest first. */
export async function listProxyReports(_viewer: Viewer): Promise<ProxyReport[]> {
  const db = await database();
  const rows = await db
    .select()
    .from(proxyReports)
    .orderBy(desc(proxyReports.lastAt), proxyReports.id)
    .limit(MOST);
  if (rows.length === 0) return [];
  const all = await db
    .select({
      id: applications.id,
      name: applications.name,
      destinations: applications.destinations,
    })
    .from(applications)
    .orderBy(sql`lower(${applications.name})`);
  return rows.map((row) => toReport(row, all));
}

/** Takes a report off the list; it comes back when the proxy still asks so. */
export async function dismissProxyReport(admin: Admin, id: string): Promise<void> {
  const db = await database();
  await db.transaction(async (tx) => {
    const [row] = await tx.delete(proxyReports).where(eq(proxyReports.id, id)).returning();
    if (!row) {
      throw new AppError("not_found", "This report is not there any more.", {
        fix: "Load the page again.",
      });
    }
    const frontEnd = frontEndIn(row.frontEnd);
    const name = frontEnd ? FRONT_END_NAMES[frontEnd] : "A proxy";
    await recordChange(tx, admin, {
      action: "proxy_report.dismiss",
      target: { type: "proxy_report", id: row.id, name: row.host ? `${name}, ${row.host}` : name },
      changes: [{ path: "problem", before: row.problem, after: null }],
    });
  });
}
