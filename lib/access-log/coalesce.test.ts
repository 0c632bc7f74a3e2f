import { describe, expect, it } from "vitest";
import { coalesce, newCoalesced, takeCounts } from "./coalesce";

const write = () => Promise.resolve(7);
const MINUTE = 60_000;

describe("like refusals", () => {
  it("are written once a minute and counted", async () => {
    const state = newCoalesced();
    expect(await coalesce(state, "a", 0, write)).toBe(7);
    expect(coalesce(state, "a", 1, write)).toBeNull();
    expect(coalesce(state, "a", MINUTE - 1, write)).toBeNull();
    expect(await coalesce(state, "b", 2, write)).toBe(7);
    const [counted, ...others] = takeCounts(state, 3);
    expect(others).toEqual([]);
    expect(counted?.more).toBe(2);
    expect(takeCounts(state, 3)).toEqual([]);
    expect(await coalesce(state, "a", MINUTE, write)).toBe(7);
  });

  it("lose none that came before a minute ended", () => {
    const state = newCoalesced();
    void coalesce(state, "a", 0, write);
    void coalesce(state, "a", 1, write);
    expect(coalesce(state, "a", MINUTE + 1, write)).toBeNull();
    expect(takeCounts(state, MINUTE + 1)).toMatchObject([{ more: 2 }]);
    expect(state.slots.size).toBe(0);
  });

  it("flood: unlike refusals beyond 2,000 a minute are only counted", () => {
    const state = newCoalesced();
    let written = 0;
    const counting = () => {
      written += 1;
      return write();
    };
    for (let at = 0; at < 5_000; at += 1) void coalesce(state, `key ${at}`, at, counting);
    expect(written).toBe(2_000);
    expect(state.dropped).toBe(3_000);
    expect(state.slots.size).toBe(2_000);
    takeCounts(state, MINUTE * 2);
    expect(state.slots.size).toBe(0);
  });
});
