import "server-only";
import type { ClaimHints } from "@/components/login-methods/parts";
import type { Viewer } from "@/lib/kit/actor";
import { getTestRun, latestRuns } from "@/lib/test-runs/store";

const SHOWN = 3;

/** A taste of a value that tells its kind and gives nobody away: `string · "Eng…"`. */
function taste(type: string, value: string | undefined): string {
  if (value === undefined) return type;
  const start = value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value;
  return `${type} · "${start}"`;
}

/** What the last finished test says about claims. */
export async function claimHints(viewer: Viewer, loginMethodId: string): Promise<ClaimHints> {
  const nothing = { seen: null, suggestions: [] };
  const latest = (await latestRuns(viewer))[loginMethodId];
  if (!latest) return nothing;
  const run = await getTestRun(viewer, latest.runId);
  if (!("claims" in run) || !run.claims) return nothing;
  const { idTokenPayload, userInfo } = run.claims;
  return {
    seen: Object.keys({ ...userInfo, ...idTokenPayload }),
    suggestions: (run.identity?.unsaved ?? []).map(({ name, type, values }) => ({
      value: name,
      detail: taste(type, values[0]?.value),
    })),
  };
}
