"use client";
import { useEffect, useRef, useState } from "react";
import type { Failure } from "@/lib/kit/result";
import type { Drift, DriftReport } from "@/lib/login-methods/drift/schema";
import { askDrift, askIgnore } from "./ask";
import { useParts } from "./parts";

interface DriftView {
  report: DriftReport | null;
  reading: boolean;
  /** Gatehouse itself could not do it. */
  failure: Failure | null;
}

/** The saved login method against its provider's document: read when the form opens, and on demand. */
export function useDrift(id: string) {
  const { discovery } = useParts();
  const [view, setView] = useState<DriftView>({ report: null, reading: true, failure: null });
  const controller = useRef(new AbortController());

  async function read(fresh: boolean) {
    controller.current.abort();
    const mine = new AbortController();
    controller.current = mine;
    setView((before) => ({ ...before, reading: true, failure: null }));
    try {
      const result = await askDrift(id, fresh, mine.signal);
      setView((before) =>
        result.ok
          ? { report: result.data, reading: false, failure: null }
          : { ...before, reading: false, failure: result },
      );
    } catch (error) {
      if (!mine.signal.aborted) throw error;
    }
  }

  async function setIgnored({ name, published }: Drift, ignored: boolean) {
    const input = { id, name, published: ignored ? published : null };
    const result = await askIgnore(input, controller.current.signal);
    setView((before) => {
      if (!result.ok) return { ...before, failure: result };
      const drifts = (before.report?.drifts ?? []).map((drift) =>
        drift.name === name ? { ...drift, ignored } : drift,
      );
      return { ...before, failure: null, report: before.report && { ...before.report, drifts } };
    });
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: read once for each login method
  useEffect(() => {
    void read(false);
    return () => controller.current.abort();
  }, [id]);

  const adopt = ({ name, adopt: value }: Drift) => discovery.session.use(name, value);
  return { view, read, setIgnored, adopt };
}
