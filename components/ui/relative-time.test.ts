import { describe, expect, it } from "vitest";
import { exactTime, relativeTime } from "./relative-time";

const NOW = Date.UTC(2026, 10, 21, 12);
const SECOND = 1000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe("relativeTime", () => {
  it.each([
    [-2 * SECOND, "just now"],
    [3 * SECOND, "just now"],
    [-45 * SECOND, "45 seconds ago"],
    [-90 * SECOND, "1 minute ago"],
    [-5 * HOUR, "5 hours ago"],
    [-DAY, "yesterday"],
    [-6 * DAY, "6 days ago"],
    [-13 * DAY, "last week"],
    [10 * 60 * SECOND, "in 10 minutes"],
    [-800 * DAY, "2 years ago"],
  ])("says %d ms as %s", (offset, words) => {
    expect(relativeTime(NOW + offset, NOW)).toBe(words);
  });
});

describe("exactTime", () => {
  it("names the zone, so that nobody takes UTC for their own", () => {
    expect(exactTime(NOW, false)).toBe("21 Nov 2026, 12:00:00 UTC");
    expect(exactTime(NOW, true)).toMatch(/^21 Nov 2026, 12:00:00 UTC \(.+\)$/);
  });
});
