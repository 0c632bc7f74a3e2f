import "server-only";
import { ensureFirstOwner, ensureSetupToken } from "@/lib/admins/setup";
import { processState } from "@/lib/kit/process-state";
import { openDataPlane } from "./open-data-plane";

export interface StartUp {
  /** One-time link to the set-up page, while there is no owner. */
  setupUrl: string | null;
}

async function begin(): Promise<StartUp> {
  await openDataPlane();
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
