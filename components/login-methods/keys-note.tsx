"use client";
import { CircleCheck, LoaderCircle, TriangleAlert } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { webUrlProblem } from "@/lib/connectors/web-url";
import type { Failure } from "@/lib/kit/result";
import { askKeys } from "./ask";

type State =
  | { name: "idle" }
  | { name: "reading"; url: string }
  | { name: "keys"; url: string; count: number; algs: string[] }
  | { name: "failed"; url: string; failure: Failure };

/** Reads the signing keys of an address once it is settled, and tells what it found. */
export function useKeys() {
  const [state, setState] = useState<State>({ name: "idle" });
  const last = useRef("");
  const controller = useRef(new AbortController());
  useEffect(() => () => controller.current.abort(), []);

  /** `authorities` are those that the form holds, in PEM form. */
  async function check(value: unknown, authorities: unknown) {
    const url = typeof value === "string" ? value.trim() : "";
    const asked = `${url} ${authorities}`;
    if (asked === last.current) return;
    last.current = asked;
    controller.current.abort();
    if (webUrlProblem("Certificate URL", url)) return setState({ name: "idle" });
    const mine = new AbortController();
    controller.current = mine;
    setState({ name: "reading", url });
    try {
      const result = await askKeys(url, authorities, mine.signal);
      setState(
        result.ok
          ? { name: "keys", url, ...result.data }
          : { name: "failed", url, failure: result },
      );
    } catch {
      // Aborted: the address was edited.
    }
  }

  return { state, check };
}

function Words({ state }: { state: State }) {
  switch (state.name) {
    case "idle":
      return null;
    case "reading":
      return (
        <span className="flex gap-1.5 text-muted">
          <LoaderCircle aria-hidden className="mt-0.5 size-4 shrink-0 animate-spin" />
          Reading the signing keys
        </span>
      );
    case "keys":
      return (
        <span className="flex gap-1.5 text-success">
          <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0" />
          {state.count} signing {state.count === 1 ? "key" : "keys"}
          {state.algs.length > 0 && `: ${state.algs.join(", ")}`}
        </span>
      );
    case "failed":
      return (
        <span className="flex gap-1.5 text-warning">
          <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          <span className="min-w-0 break-words">
            {state.failure.message} {state.failure.fix}
          </span>
        </span>
      );
  }
}

/** Speaks of the address it read, and of no other. */
export function KeysNote({ state, value }: { state: State; value: unknown }) {
  const isAbout = "url" in state && typeof value === "string" && state.url === value.trim();
  return (
    <span role="status" className="block empty:hidden">
      {isAbout && <Words state={state} />}
    </span>
  );
}
