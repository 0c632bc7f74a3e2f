import "server-only";
import * as z from "zod";
import { findConnector } from "@/lib/connectors";
import type { Config } from "@/lib/connectors/definition";
import type { Admin } from "@/lib/kit/actor";
import { AppError } from "@/lib/kit/errors";
import { getDraft } from "@/lib/login-methods/drafts/store";
import type { LoginMethod } from "@/lib/login-methods/schema";
import { diagnosesOf } from "./diagnoses-of";
import { findLoginMethod } from "./find-login-method";
import type { TestRun } from "./schema";
import { getTestRun } from "./store";

/** `<run>.<diagnosis>.<remedy>`: names a remedy of a stored run; its values are never in an address. */
const FIX = /^(?<runId>[0-9a-f-]{36})\.(?<at>\d{1,2})\.(?<which>\d{1,2})$/;

/** Settings to begin a form or a test with, which are not saved. */
export interface Start {
  loginMethodId: string;
  kind: string;
  /** The saved version that they began from; 0 for one never saved. */
  baseVersion: number;
  /** The draft whose secrets stand behind the blank fields. */
  from: string | null;
  values: { name: string; config: Config; scim: Config };
}

export interface Fix extends Start {
  /** What the diagnosis is called. */
  title: string;
  changes: { name: string; before: unknown; after: unknown }[];
}

const noSuchFix = () =>
  new AppError("not_found", "This fix is not among those of the test.", {
    fix: "Open the result of the test again, and choose one of its fixes.",
  });

export const changedMeanwhile = (name: string) =>
  new AppError(
    "conflict",
    `${name} was changed after this test, so its fix may not fit any more.`,
    {
      fix: "Test it as it is now. If the problem is still there, its result offers the fix again.",
    },
  );

/** What the run tested: the login method as it is saved now, or its draft, if neither has moved on. */
async function settingsOf(admin: Admin, run: TestRun): Promise<Start> {
  const { id, kind, name } = run.loginMethod;
  const method: LoginMethod | null = await findLoginMethod(admin, id);
  const base = { loginMethodId: id, kind, baseVersion: method?.version ?? 0 };
  if (method && method.fingerprint !== "" && method.fingerprint === run.fingerprint) {
    const { config, scim } = method;
    return { ...base, from: null, values: { name: method.name, config, scim: { ...scim } } };
  }
  const draft = run.draftId === null ? null : await getDraft(admin, run.draftId);
  if (!draft || draft.baseVersion !== base.baseVersion) throw changedMeanwhile(name);
  const { config, scim } = draft;
  return { ...base, from: draft.id, values: { name: draft.name, config, scim } };
}

/**
 * The settings that a stored run tested, with one of its remedies applied. AppError `not_found` for a
 * fix that the run does not offer (or a run of another login method, where one is given), `conflict` when the settings changed since.
 */
export async function openFix(
  admin: Admin,
  loginMethodId: string | null,
  wanted: string,
): Promise<Fix> {
  const { runId, at, which } = FIX.exec(wanted)?.groups ?? {};
  if (!z.uuid().safeParse(runId).success) throw noSuchFix();
  const run = await getTestRun(admin, runId ?? "");
  const diagnosis = diagnosesOf(run)[Number(at)];
  const remedy = diagnosis?.remedies[Number(which)];
  const connector = findConnector(run.loginMethod.kind);
  const isOther = loginMethodId !== null && run.loginMethod.id !== loginMethodId;
  if (isOther || !diagnosis || !remedy || !connector) throw noSuchFix();
  const start = await settingsOf(admin, run);
  const { config } = start.values;
  // A remedy is a change of settings that show in the form; of a secret, only that it goes.
  const changes = connector.fields
    .filter(
      ({ name, control }) =>
        name in remedy.set && (control !== "secret" || remedy.set[name] === null),
    )
    .map(({ name }) => ({ name, before: config[name], after: remedy.set[name] }));
  if (changes.length === 0) throw noSuchFix();
  const fixed = Object.fromEntries(changes.map(({ name, after }) => [name, after]));
  return {
    ...start,
    values: { ...start.values, config: { ...config, ...fixed } },
    title: diagnosis.title,
    changes,
  };
}
