import "server-only";
import { redirect } from "next/navigation";
import * as z from "zod";
import { formPath } from "@/components/test-runs/words";
import { isAdmin } from "@/lib/admins/capability";
import type { Admin, Viewer } from "@/lib/kit/actor";
import { isAppError } from "@/lib/kit/errors";
import { getDraft, openDraft } from "@/lib/login-methods/drafts/store";
import { draftGone } from "@/lib/login-methods/refusals";
import { type LoginMethod, scimSchema } from "@/lib/login-methods/schema";
import { findLoginMethod } from "@/lib/test-runs/find-login-method";
import { changedMeanwhile, openFix, type Start } from "@/lib/test-runs/fix";
import type { FormStart } from "@/lib/test-runs/start-schema";
import { latestRuns } from "@/lib/test-runs/store";
import { startWithClaims, wantedClaims } from "@/lib/test-runs/use-claims";

type Query = Record<string, string | string[] | undefined>;

export interface Begun {
  start: FormStart | null;
  startProblem: { title: string; text: string } | null;
}

const NOTHING: Begun = { start: null, startProblem: null };

const one = (query: Query, name: string): string | null => {
  const value = query[name];
  return typeof value === "string" ? value : null;
};

async function startOf(admin: Admin, begun: Start): Promise<FormStart> {
  const { loginMethodId, kind, from, values } = begun;
  const draft = from === null ? null : await getDraft(admin, from);
  const scim = scimSchema.catch(scimSchema.parse({})).parse(values.scim);
  return {
    loginMethodId,
    kind,
    from,
    secrets: draft?.secrets ?? {},
    values: { ...values, scim },
    fix: null,
    runId: null,
    tested: null,
  };
}

/** A draft that began from what is saved now; null when exactly that was saved since. */
async function fromDraft(admin: Admin, id: string): Promise<FormStart | null> {
  const draft = z.uuid().safeParse(id).success ? await getDraft(admin, id) : null;
  if (!draft) throw draftGone();
  const { loginMethodId, kind, name, config, scim, baseVersion } = draft;
  const [method, { fingerprint }] = await Promise.all([
    findLoginMethod(admin, loginMethodId),
    openDraft(admin, draft),
  ]);
  if (method?.fingerprint === fingerprint) return null;
  if (baseVersion !== (method?.version ?? 0)) throw changedMeanwhile(method?.name ?? name);
  const values = { name, config, scim };
  const begun = { loginMethodId, kind, baseVersion, from: id, values };
  const run = (await latestRuns(admin, [{ id: loginMethodId, fingerprint }]))[loginMethodId];
  const tested = run?.fingerprint === fingerprint ? run : null;
  return { ...(await startOf(admin, begun)), tested };
}

async function fromFix(admin: Admin, fix: string, run: string | null): Promise<FormStart> {
  const { title, changes, ...begun } = await openFix(admin, null, fix);
  const runId = z.uuid().safeParse(run).data ?? null;
  return {
    ...(await startOf(admin, begun)),
    fix: { title: `Changed by the fix for “${title}”`, changes },
    runId,
  };
}

/** Claims of a result that the address asks for, in an address that leads elsewhere. */
function claimsPart(query: Query): string {
  const wanted = new URLSearchParams();
  for (const claim of [query.use ?? []].flat()) wanted.append("use", claim);
  const email = one(query, "use_email");
  if (email !== null) wanted.set("use_email", email);
  return wanted.size > 0 ? `&${wanted}` : "";
}

async function begunBy(
  viewer: Viewer,
  query: Query,
  page: { kind: string; method: LoginMethod | null },
): Promise<Begun> {
  const [draft, fix, run] = [one(query, "draft"), one(query, "fix"), one(query, "run")];
  if (!isAdmin(viewer) || (draft === null && fix === null)) return NOTHING;
  let start: FormStart | null = null;
  try {
    start = draft ? await fromDraft(viewer, draft) : await fromFix(viewer, fix ?? "", run);
  } catch (error) {
    if (!isAppError(error)) throw error;
    const { message, fix: text = "" } = error;
    return { start: null, startProblem: { title: message, text } };
  }
  if (start && page.method === null) {
    const method = await findLoginMethod(viewer, start.loginMethodId);
    if (method)
      redirect(
        `${formPath({ loginMethodId: method.id, kind: method.kind, saved: true }, { draft, fix, run })}${claimsPart(query)}`,
      );
  }
  const belongs = page.method === null || start?.loginMethodId === page.method.id;
  return start?.kind === page.kind && belongs ? { start, startProblem: null } : NOTHING;
}

/**
 * What a form begins with when its address names a draft or a fix, and claims of a result to use. A
 * draft or fix of another login method, or of one that was saved since, is opened on the page where it
 * belongs.
 */
export async function formStart(
  viewer: Viewer,
  query: Query,
  page: { kind: string; method: LoginMethod | null },
): Promise<Begun> {
  const begun = await begunBy(viewer, query, page);
  const wanted = isAdmin(viewer) ? wantedClaims(query) : null;
  return wanted ? { ...begun, start: startWithClaims(page.method, begun.start, wanted) } : begun;
}
