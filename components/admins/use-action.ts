"use client";
import { unstable_rethrow } from "next/navigation";
import { useState, useTransition } from "react";
import type { Failure, Result } from "@/lib/kit/result";

const LOST: Failure = {
  ok: false,
  code: "unavailable",
  message: "Gatehouse did not answer. Nothing is known to have changed.",
  fix: "Check the connection to Gatehouse, then try again.",
};

/** For a server action behind a button: whether it runs, and how it failed. A redirect goes through. */
export function useAction<I, T>(action: (input: I) => Promise<Result<T>>) {
  const [failure, setFailure] = useState<Failure | null>(null);
  const [pending, start] = useTransition();

  function run(input: I, onSuccess?: (data: T) => void): Promise<void> {
    return new Promise((resolve) => {
      start(async () => {
        setFailure(null);
        try {
          const result = await action(input).catch((error: unknown) => {
            unstable_rethrow(error);
            return LOST;
          });
          if (result.ok) onSuccess?.(result.data);
          else setFailure(result);
        } finally {
          resolve();
        }
      });
    });
  }

  return { run, pending, failure, clear: () => setFailure(null) };
}
