import { expect, it } from "vitest";
import { type Buckets, take, waitFor } from "./token-bucket";

const rate = { burst: 3, perSecond: 2 };

it("lets a burst through, then as many as flow in", () => {
  const buckets: Buckets = new Map();
  const at = (now: number) => take(buckets, "a", now, rate);
  expect([at(0), at(0), at(0), at(0)]).toEqual([0, 0, 0, 1]);
  expect(at(499)).toBe(1);
  expect(at(500)).toBe(0);
  expect(at(500)).toBe(1);
  expect([at(60_000), at(60_000), at(60_000), at(60_000)]).toEqual([0, 0, 0, 1]);
});

it("keeps keys apart", () => {
  const buckets: Buckets = new Map();
  for (let i = 0; i < 4; i += 1) take(buckets, "a", 0, rate);
  expect(waitFor(buckets, "a", 0, rate)).toBe(1);
  expect(waitFor(buckets, "b", 0, rate)).toBe(0);
});

it("tells how long to wait where little flows in, and looking takes nothing", () => {
  const slow = { burst: 1, perSecond: 0.1 };
  const buckets: Buckets = new Map();
  take(buckets, "a", 0, slow);
  expect(waitFor(buckets, "a", 0, slow)).toBe(10);
  expect(waitFor(buckets, "a", 4_000, slow)).toBe(6);
  expect(waitFor(buckets, "a", 10_000, slow)).toBe(0);
});

it("a clock that goes backwards gives nothing away", () => {
  const buckets: Buckets = new Map();
  for (let i = 0; i < 3; i += 1) take(buckets, "a", 10_000, rate);
  expect(take(buckets, "a", 0, rate)).toBe(1);
});

it("flood: strangers' keys do not fill the memory", () => {
  const buckets: Buckets = new Map();
  for (let i = 0; i < 20_000; i += 1) take(buckets, String(i), i, rate);
  expect(buckets.size).toBe(10_000);
  expect(buckets.has("19999")).toBe(true);
});
