import { expect, it } from "vitest";
import type { TraceStep } from "@/lib/oidc/schema";
import { progressTo } from "./progress";

const steps = (count: number): TraceStep[] => Array(count).fill({});

it("writes one at a time, skips what was overtaken, and ends with the newest", async () => {
  const written: number[] = [];
  const release: (() => void)[] = [];
  const progress = progressTo(async (newest) => {
    written.push(newest.length);
    await new Promise<void>((resolve) => release.push(resolve));
  });
  for (const count of [1, 2, 3]) progress.report(steps(count));
  expect(written).toEqual([1]);
  release.shift()?.();
  await new Promise(setImmediate);
  expect(written).toEqual([1, 3]);
  release.shift()?.();
  await progress.settled();
});

it("does not fail the test run when a write fails", async () => {
  const progress = progressTo(async () => {
    throw new Error("the database went away");
  });
  progress.report(steps(1));
  await expect(progress.settled()).resolves.toBeUndefined();
});
