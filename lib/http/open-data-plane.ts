import "server-only";
import { deleteOldAccess } from "@/lib/access-log/retention/store";
import { gate } from "@/lib/gate/state";
import { ensureSigningKey, rotateIfDue } from "@/lib/keys/store";
import type { DataPlane } from "@/lib/kit/data-plane";
import { log } from "@/lib/kit/log";
import { deleteExpiredDrafts } from "@/lib/login-methods/drafts/store";
import { deleteOldHandoffs } from "@/lib/logins/handoffs/store";
import { deleteOldLogins } from "@/lib/logins/records/store";
import { deleteOldScimLog } from "@/lib/scim/log/retention/store";
import { deleteOldSessions } from "@/lib/sessions/store";
import { dataPlane } from "./data-plane";
import { openDatabase } from "./store";

const HOUR_MS = 3_600_000;

/** What every instance does each hour; the database sees to it that it is done once. */
const CHORES: Record<string, (dataPlane: DataPlane) => Promise<unknown>> = {
  // The secrets in what was tested and never saved are gone within an hour of their day.
  "expired drafts were not deleted": deleteExpiredDrafts,
  "the signing key was not rotated": rotateIfDue,
  "old sessions were not deleted": deleteOldSessions,
  "old logins were not deleted": deleteOldLogins,
  "old handoffs were not deleted": deleteOldHandoffs,
  "the Access log was not shortened": deleteOldAccess,
  "the SCIM provisioning log was not shortened": deleteOldScimLog,
};

function hourly(): void {
  for (const [failed, chore] of Object.entries(CHORES)) {
    chore(dataPlane).catch((err: unknown) => log.warn({ err }, failed));
  }
}

/** Opens the database, and begins what every instance does. AppError `unavailable` without a database. */
export async function openDataPlane(): Promise<void> {
  await openDatabase();
  await ensureSigningKey(dataPlane);
  gate();
  hourly();
  setInterval(hourly, HOUR_MS).unref();
}

/** The start of the data plane alone. AppError `unavailable` without a database. */
export async function openForGate(): Promise<void> {
  await openDataPlane();
  await gate().ready();
}
