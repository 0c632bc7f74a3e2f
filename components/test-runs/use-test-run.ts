"use client";
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import * as z from "zod";
import { isLive, type TestRun, testRunSchema } from "@/lib/test-runs/schema";

const failureSchema = z.object({ message: z.string(), fix: z.string().optional() });

export class FollowError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** `awaited`: the run may not be there yet, which is then no error for a browser to report. */
async function ask(id: string, init: RequestInit): Promise<unknown> {
  const response = await fetch(`/api/test-runs/${id}?awaited=1`, init);
  if (response.status === 204) throw new FollowError(404, "The test has not begun.");
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return body;
  const said = failureSchema.safeParse(body).data;
  throw new FollowError(
    response.status,
    said?.message ?? `The server answered ${response.status}.`,
  );
}

/** The other tab makes the run; until it has, there is nothing to be found. */
const PATIENCE = 12;

/** Being signed out, or a run that never appears, does not get better by asking again. */
function keepsAsking(failures: number, error: Error): boolean {
  if (!(error instanceof FollowError)) return true;
  if (error.status === 404) return failures < PATIENCE;
  return error.status >= 500;
}

const testRun = (id: string) =>
  queryOptions({
    queryKey: ["test-run", id],
    queryFn: async ({ signal }) => testRunSchema.parse(await ask(id, { signal })),
    refetchInterval: ({ state }) => (!state.data || isLive(state.data.state) ? 1_000 : false),
    retry: keepsAsking,
    retryDelay: (failures, error) =>
      error instanceof FollowError && error.status === 404
        ? 1_000
        : Math.min(1_000 * 2 ** failures, 30_000),
  });

/** A run as it goes on: asked for every second while it is live, more rarely while asking fails. */
export function useTestRun(id: string, initial?: TestRun) {
  const query = useQuery({
    ...testRun(id),
    ...(initial && { initialData: initial }),
    staleTime: 0,
  });
  const stopped = query.isError;
  return {
    run: query.data,
    receivedAt: query.dataUpdatedAt,
    /** Set once following was given up. */
    error: stopped ? query.error : null,
    troubled: query.failureCount > 1,
  };
}

export function useCancel(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => ask(id, { method: "DELETE" }),
    onSettled: () => queries.invalidateQueries({ queryKey: ["test-run", id] }),
  });
}

/** Seconds since the run began: the server's clock where this page came in, then this browser's. */
export function useElapsedSeconds(run: TestRun): number {
  const [before] = useState(() => Math.max(0, Date.parse(run.now) - Date.parse(run.startedAt)));
  const [since, setSince] = useState(0);
  useEffect(() => {
    const mounted = performance.now();
    const timer = setInterval(() => setSince(performance.now() - mounted), 1_000);
    return () => clearInterval(timer);
  }, []);
  return Math.floor((before + since) / 1_000);
}
