"use client";
import { useEffect, useRef, useState } from "react";
import type { Failure } from "@/lib/kit/result";
import type { CheckReport } from "@/lib/oidc/check/schema";
import type { Remedy } from "@/lib/oidc/schema";
import { askCheck } from "./ask";
import { type FormParts, useParts } from "./parts";

export type CheckState =
  | { name: "running" }
  /** Fields that have to be filled in first. */
  | { name: "incomplete" }
  | { name: "cancelled" }
  | { name: "failed"; failure: Failure }
  /** `of` are the values that the report speaks of. */
  | { name: "done"; report: CheckReport; of: string };

async function isComplete({ connector, form, discovery }: FormParts): Promise<boolean> {
  discovery.session.compute();
  return form.trigger(connector.fields.map(({ name }) => `config.${name}` as const));
}

function showIssues({ form }: FormParts, { fields = {} }: Failure): void {
  for (const [name, messages] of Object.entries(fields)) {
    const message = messages?.[0];
    if (message && name.startsWith("config.")) {
      form.setError(name as `config.${string}`, { type: "server", message });
    }
  }
}

/** Runs a check of the form as it stands, one at a time; `asked` counts how often it was wanted. */
export function useCheck(asked: number, onRunning: (running: boolean) => void) {
  const parts = useParts();
  const [state, setState] = useState<CheckState>({ name: "running" });
  const controller = useRef(new AbortController());

  async function check(): Promise<CheckState> {
    if (!(await isComplete(parts))) return { name: "incomplete" };
    const { connector, form, subject } = parts;
    const config = { ...form.getValues("config") };
    const input = { ...subject, kind: connector.kind, config };
    const result = await askCheck(input, controller.current.signal);
    if (result.ok) return { name: "done", report: result.data, of: JSON.stringify(config) };
    showIssues(parts, result);
    return { name: "failed", failure: result };
  }

  async function run() {
    controller.current.abort();
    const mine = new AbortController();
    controller.current = mine;
    onRunning(true);
    setState({ name: "running" });
    try {
      const next = await check();
      if (!mine.signal.aborted) setState(next);
    } catch (error) {
      if (!mine.signal.aborted) throw error;
    } finally {
      if (controller.current === mine) onRunning(false);
    }
  }

  function cancel() {
    controller.current.abort();
    onRunning(false);
    setState({ name: "cancelled" });
  }

  function apply({ set }: Remedy) {
    parts.discovery.session.apply(set);
    void run();
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: each wish is met once, with the form as it is then
  useEffect(() => {
    void run();
    return () => controller.current.abort();
  }, [asked]);

  const isOld = state.name === "done" && state.of !== JSON.stringify(parts.values);
  return { state, isOld, cancel, apply };
}
