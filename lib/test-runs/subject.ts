import "server-only";
import { findConnector } from "@/lib/connectors";
import type { Viewer } from "@/lib/kit/actor";
import type { Draft } from "@/lib/login-methods/drafts/draft";
import { getDraft } from "@/lib/login-methods/drafts/store";
import { isBlank, type LoginMethod } from "@/lib/login-methods/schema";
import { findLoginMethod } from "./find-login-method";
import type { TestRun } from "./schema";
import type { Subject } from "./subject-schema";

const isSame = (a: unknown, b: unknown): boolean =>
  JSON.stringify(isBlank(a) ? null : a) === JSON.stringify(isBlank(b) ? null : b);

/** Labels of what a draft changes in the version that it began from. */
function changedLabels(draft: Draft, method: LoginMethod): string[] {
  const fields = findConnector(draft.kind)?.fields ?? [];
  const changed = fields.filter(({ name, control }) =>
    control === "secret"
      ? !isSame(draft.secrets[name], method.secrets[name])
      : !isSame(draft.config[name], method.config[name]),
  );
  return changed.map(({ label }) => label);
}

function testedWords(run: TestRun, method: LoginMethod | null, draft: Draft | null): string {
  if (run.draftId === null) return `Saved version ${run.version}`;
  const since =
    method?.fingerprint === run.fingerprint ? `, saved as version ${method.version}` : "";
  if (run.version === 0) return since ? `Not saved then${since}` : "Not saved yet";
  const what =
    !since && draft && method?.version === draft.baseVersion ? changedLabels(draft, method) : [];
  const list = what.length > 0 ? ` (${what.join(", ")})` : "";
  return `Unsaved changes to version ${run.version}${list}${since}`;
}

/** What a run tested. Works for a login method that was never saved, and for one that is deleted. */
export async function subjectOf(viewer: Viewer, run: TestRun): Promise<Subject> {
  const { id, name, kind } = run.loginMethod;
  const [method, draft] = await Promise.all([
    findLoginMethod(viewer, id),
    run.draftId === null ? null : getDraft(viewer, run.draftId),
  ]);
  const current = method !== null && method.fingerprint === run.fingerprint;
  const fits = draft !== null && !current && draft.baseVersion === (method?.version ?? 0);
  return {
    loginMethodId: id,
    name: method?.name ?? name,
    kind,
    saved: method !== null,
    enabled: method?.enabled ?? false,
    current,
    draftId: fits ? draft.id : null,
    tested: testedWords(run, method, draft),
  };
}
