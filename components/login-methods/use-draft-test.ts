"use client";
import { useEffect, useState } from "react";
import { issuesByPath } from "@/components/form/form-issues";
import { hasRoomForTabs, newId, postForm } from "@/components/test-runs/new-tab";
import { formPath, testPath } from "@/components/test-runs/words";
import type { Config, Connector } from "@/lib/connectors/definition";
import type { Failure } from "@/lib/kit/result";
import { isBlank, type LoginMethodInput, loginMethodSchema } from "@/lib/login-methods/schema";
import type { LastTested, TestRun } from "@/lib/test-runs/schema";
import { askDraft } from "./ask";

type Ended = Pick<LastTested, "status" | "failedTitle">;

/** A test of these values, whatever the form holds by now. */
interface Draft {
  runId: string | null;
  config: string;
  ended: Ended | null;
}

export type DraftState = "not_tested" | "being_tested" | Ended;

interface Options {
  connector: Connector;
  subject: {
    id: string;
    baseVersion: number;
    from: string | null;
    /** Those that are kept when their field is blank. */
    secrets: Readonly<Record<string, unknown>>;
  };
  values: LoginMethodInput;
  begun: { config: Config; runId: string | null; tested: LastTested | null } | null;
  /** Works out what follows from other fields, and returns what the form holds then. */
  complete: () => LoginMethodInput;
  refuse: (failure: Failure, type?: string) => void;
}

const text = (config: unknown): string => JSON.stringify(config);

function endOf(run: TestRun): Ended | null {
  if (run.state === "waiting" || run.state === "running" || run.state === "cancelled") return null;
  return { status: run.state, failedTitle: "diagnosis" in run ? run.diagnosis.title : null };
}

function beginning(begun: Options["begun"]): Draft | null {
  if (!begun || (begun.runId === null && begun.tested === null)) return null;
  return { runId: begun.runId, config: text(begun.config), ended: begun.tested };
}

function stateOf(draft: Draft | null, values: LoginMethodInput): DraftState {
  if (draft?.config !== text(values.config)) return "not_tested";
  if (draft.ended) return draft.ended;
  return draft.runId ? "being_tested" : "not_tested";
}

const PROBLEM: Omit<Failure, "fields"> = {
  ok: false,
  code: "invalid_input",
  message: "There is a problem with what was entered.",
};

/** Tests the form as it stands. Nothing is saved; an empty name does not matter. */
export function useDraftTest(options: Options) {
  const { connector, subject, values, refuse } = options;
  const [draft, setDraft] = useState(() => beginning(options.begun));
  const [leaving, setLeaving] = useState<Record<string, string> | null>(null);
  const action = testPath(subject.id);

  // A form that is left with unsaved changes asks first: only once it knows better is it left.
  useEffect(() => {
    if (!leaving) return;
    const returned = ({ persisted }: PageTransitionEvent) => persisted && setLeaving(null);
    addEventListener("pageshow", returned);
    postForm(action, leaving, "_self");
    return () => removeEventListener("pageshow", returned);
  }, [leaving, action]);

  function settingsOf(entered: LoginMethodInput) {
    const { baseVersion, from } = subject;
    return { kind: connector.kind, version: baseVersion, from, values: { ...entered } };
  }

  function begin() {
    const entered = options.complete();
    const name = isBlank(entered.name.trim()) ? connector.label : entered.name;
    const checked = loginMethodSchema(connector, Object.keys(subject.secrets)).safeParse({
      ...entered,
      name,
    });
    if (!checked.success)
      return refuse({ ...PROBLEM, fields: issuesByPath(checked.error) }, "test");
    const ids = { draft: newId(), run: newId() };
    const settings = settingsOf(entered);
    const fields = { ...ids, settings: JSON.stringify(settings) };
    const asked = askDraft({ ...settings, id: subject.id, draft: ids.draft });
    if (!hasRoomForTabs()) {
      void asked.then((answer) => {
        if (!answer.ok) return refuse(answer, "test");
        // Back leads to what was typed, not to what is saved.
        const saved = subject.baseVersion > 0;
        const form = { loginMethodId: subject.id, kind: connector.kind, saved };
        history.replaceState(null, "", formPath(form, { draft: ids.draft }));
        setLeaving(fields);
      });
      return;
    }
    postForm(action, fields, "_blank");
    setDraft({ runId: ids.run, config: text(entered.config), ended: null });
    void asked.then((answer) => {
      // Without an answer, the tab of the test says what became of it.
      if (answer.ok || answer.code === "unavailable") return;
      setDraft(null);
      refuse(answer, "test");
    });
  }

  return {
    begin,
    /** What a test would be sent. */
    settings: () => settingsOf(options.complete()),
    id: subject.id,
    leaving: leaving !== null,
    runId: draft?.runId ?? null,
    state: stateOf(draft, values),
    name: isBlank(values.name) ? connector.label : values.name,
    ended(run: TestRun) {
      setDraft((now) => (now?.runId === run.id ? { ...now, ended: endOf(run) } : now));
    },
    dismiss: () => setDraft((now) => now && { ...now, runId: null }),
  };
}

export type DraftTest = ReturnType<typeof useDraftTest>;
