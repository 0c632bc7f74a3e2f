import "server-only";
import type { Origin } from "@/lib/kit/actor";
import { isAppError } from "@/lib/kit/errors";
import { type Departure, departForProvider } from "@/lib/test-runs/round-trip";
import { startTestRun } from "@/lib/test-runs/start";
import { type ClaimedLink, claimLink, type DeadLink, noteRun, releaseLink } from "./visits/store";

/** `busy`: the maker's tests of this minute are used up, and the link can be used later. */
export type SpentLink =
  | { kind: "left"; departure: Departure; provider: string }
  | { kind: "busy" }
  | DeadLink;

async function begin(link: ClaimedLink): Promise<{ runId: string; ticket: string }> {
  const { id, maker, loginMethodId, draftId } = link;
  const { runId, url } = await startTestRun(maker, loginMethodId, null, { draftId, linkId: id });
  return { runId, ticket: new URL(url).searchParams.get("ticket") ?? "" };
}

/** Spends a link for one run in its maker's name, and works out where to send the browser. */
export async function spendTestLink(token: string, from: Origin): Promise<SpentLink> {
  const claim = await claimLink(token, from);
  if (claim.kind !== "claimed") return claim;
  const { link } = claim;
  let run: { runId: string; ticket: string };
  try {
    run = await begin(link);
  } catch (error) {
    await releaseLink(link);
    if (isAppError(error) && error.code === "rate_limited") return { kind: "busy" };
    if (isAppError(error) && error.code === "not_found") return { kind: "unknown" };
    throw error;
  }
  await noteRun(link, run.runId);
  const departure = await departForProvider(run.runId, run.ticket);
  return { kind: "left", departure, provider: link.provider };
}
