import { describe, expect, it } from "vitest";
import { ifNotBusy, mayBegin } from "./quota";

const begins = (ip: string | null, times: number, now: number): boolean[] =>
  Array.from({ length: times }, () => mayBegin(ip, now));

describe("how many logins an address may begin", () => {
  it("is 120 in a minute, counted for each address", () => {
    const now = 1_000_000;
    expect(begins("192.0.2.1", 121, now)).toEqual([...Array(120).fill(true), false]);
    expect(mayBegin("192.0.2.2", now)).toBe(true);
    expect(mayBegin("192.0.2.1", now + 60_000)).toBe(true);
  });

  it("counts an IPv6 network as one, and everybody without an address as one", () => {
    const now = 2_000_000;
    for (let host = 1; host <= 120; host += 1) mayBegin(`2001:db8:1:2::${host.toString(16)}`, now);
    expect(mayBegin("2001:db8:1:2:ffff::1", now)).toBe(false);
    expect(mayBegin("2001:db8:1:3::1", now)).toBe(true);
    begins(null, 120, now);
    expect(mayBegin(null, now)).toBe(false);
  });

  it("holds however many addresses come, in bounded memory", () => {
    const now = 3_000_000;
    const address = (at: number) => `10.${at >> 16}.${(at >> 8) & 255}.${at & 255}`;
    for (let at = 0; at < 10_000; at += 1) expect(mayBegin(address(at), now)).toBe(true);
    const late = Array.from({ length: 200 }, (_, at) => mayBegin(address(20_000 + at), now));
    expect(late.filter(Boolean)).toHaveLength(120);
  });
});

describe("how many round trips begin at one time", () => {
  it("is bounded, and goes down again when one fails", async () => {
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const held = Array.from({ length: 64 }, () => ifNotBusy(() => gate.then(() => "done")));
    expect(await ifNotBusy(async () => "too many")).toBeNull();
    release();
    expect(await Promise.all(held)).toEqual(Array(64).fill("done"));
    await expect(ifNotBusy(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
    for (let at = 0; at < 70; at += 1) expect(await ifNotBusy(async () => at)).toBe(at);
  });
});
