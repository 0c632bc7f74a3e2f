import { describe, expect, it } from "vitest";
import { type Coalesced, coalesce, newCoalesced, type Pool, sizeOf, takeCounts } from "./coalesce";

const MINUTE = 60_000;
const write = () => Promise.resolve(7);
let serial = 0;
const note = (state: Coalesced, pool: Pool, key: string, now: number, writing = write) =>
  coalesce(state, { key, pool, now }, () => `ref ${++serial}`, writing);
const refuse = (state: Coalesced, key: string, now: number, writing = write) =>
  note(state, "strangers", key, now, writing);

describe("like refusals", () => {
  it("are written once a minute and counted", async () => {
    const state = newCoalesced();
    expect(await refuse(state, "a", 0).written).toBe(7);
    expect(refuse(state, "a", 1).written).toBeNull();
    expect(refuse(state, "a", MINUTE - 1).written).toBeNull();
    expect(await refuse(state, "b", 2).written).toBe(7);
    const [counted, ...others] = takeCounts(state, 3);
    expect(others).toEqual([]);
    expect(counted?.more).toBe(2);
    expect(takeCounts(state, 3)).toEqual([]);
    expect(await refuse(state, "a", MINUTE).written).toBe(7);
  });

  it("have the reference of the entry that counts them", () => {
    const state = newCoalesced();
    const first = refuse(state, "a", 0).ref;
    expect(refuse(state, "a", 1).ref).toBe(first);
    expect(refuse(state, "b", 1).ref).not.toBe(first);
    takeCounts(state, MINUTE);
    expect(refuse(state, "a", MINUTE).ref).not.toBe(first);
  });

  it("lose none that came before a minute ended", () => {
    const state = newCoalesced();
    refuse(state, "a", 0);
    refuse(state, "a", 1);
    expect(refuse(state, "a", MINUTE + 1).written).toBeNull();
    expect(takeCounts(state, MINUTE + 1)).toMatchObject([{ more: 2 }]);
    expect(sizeOf(state)).toBe(0);
  });

  it("flood: unlike refusals beyond 2,000 a minute are only counted", () => {
    const state = newCoalesced();
    let written = 0;
    const counting = () => {
      written += 1;
      return write();
    };
    for (let at = 0; at < 5_000; at += 1) refuse(state, `key ${at}`, at, counting);
    expect(written).toBe(2_000);
    expect(state.dropped).toBe(3_000);
    expect(sizeOf(state)).toBe(2_000);
    takeCounts(state, MINUTE * 2);
    expect(sizeOf(state)).toBe(0);
  });

  // About 34 unlike refusals a second hid everything else (audit: a stranger blinds the Access log).
  it("flood: strangers hide neither what was let in nor whom the gate knows", () => {
    const state = newCoalesced();
    for (let at = 0; at < 3_000; at += 1) refuse(state, `key ${at}`, 0);
    expect(refuse(state, "one more", 1).written).toBeNull();
    expect(note(state, "known", "ada", 1).written).not.toBeNull();
    for (let at = 0; at < 3_000; at += 1) {
      expect(note(state, "allowed", `job ${at}`, 1).written).not.toBeNull();
    }
  });
});
