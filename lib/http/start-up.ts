import "server-only";
import { ensureFirstOwner, ensureSetupToken } from "@/lib/admins/setup";
import { log } from "@/lib/kit/log";
import { processState } from "@/lib/kit/process-state";
import { deleteExpiredDrafts } from "@/lib/login-methods/drafts/store";
import { openDatabase } from "./store";

export interface StartUp {
  /** One-time link to the set-up page, while there is no owner. */
  setupUrl: string | null;
}

const HOUR_MS = 3_600_000;

/** The secrets in what was tested and never saved are gone within an hour of their day. */
function sweep(): void {
  deleteExpiredDrafts().catch((err: unknown) =>
    log.warn({ err }, "expired drafts were not deleted"),
  );
}

async function begin(): Promise<StartUp> {
  await openDatabase();
  sweep();
  setInterval(sweep, HOUR_MS).unref();
  await ensureFirstOwner();
  const link = await ensureSetupToken();
  return { setupUrl: link?.url ?? null };
}

/**
 * Opens the database and sees to the first owner, once per process: the front door asks, and so does
 * Next's instrumentation, which runs inside the front door as well as under `next dev`.
 */
export const startUp = (): Promise<StartUp> => processState("start-up", begin);

/** What the operator's terminal shows on a first start. Plain text, apart from the log's JSON lines. */
export const setupNotice = (url: string): string =>
  [
    "",
    "  Gatehouse has no owner yet. Open this link once to set it up:",
    "",
    `    ${url}`,
    "",
    "",
  ].join("\n");
