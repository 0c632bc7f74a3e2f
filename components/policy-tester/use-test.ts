"use client";
import { useState, useTransition } from "react";
import type { Failure, Result } from "@/lib/kit/result";
import { NOT_YET, type TesterSubject } from "./subject";

const LOST: Failure = {
  ok: false,
  code: "unavailable",
  message: "Gatehouse did not answer.",
  fix: "Check the connection to Gatehouse, then try again.",
};

/** One test at a time: its answer, or why there is none. */
export function useTest<T>(subject: () => TesterSubject | null) {
  const [answer, setAnswer] = useState<T | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [pending, start] = useTransition();

  function run(ask: (subject: TesterSubject) => Promise<Result<T>>) {
    if (pending) return;
    const tested = subject();
    start(async () => {
      const result = tested ? await ask(tested).catch(() => LOST) : NOT_YET;
      setAnswer(result.ok ? result.data : null);
      setFailure(result.ok ? null : result);
    });
  }
  return { answer, failure, pending, run };
}
