import { describe, expect, it } from "vitest";
import { Turns } from "./turns";

/** Who is at work, in the order in which they began. */
async function takers(turns: Turns, keys: string[]) {
  const began: string[] = [];
  const releases: (() => void)[] = [];
  for (const [at, key] of keys.entries()) {
    void turns.take(key)?.then((release) => {
      began.push(`${key}${at}`);
      releases.push(release);
    });
  }
  const settle = () => new Promise((done) => setImmediate(done));
  await settle();
  return { began, releases, settle };
}

describe("turns", () => {
  it("are for so many at once, and one key does not take them all", async () => {
    const { began } = await takers(new Turns(3, 2, 99), ["a", "a", "a", "b", "c"]);
    expect(began).toEqual(["a0", "a1", "b3"]);
  });

  it("go to whoever waits longest when one is given back, and twice is once", async () => {
    const { began, releases, settle } = await takers(new Turns(1, 1, 99), ["a", "b", "c"]);
    releases[0]?.();
    releases[0]?.();
    await settle();
    expect(began).toEqual(["a0", "b1"]);
  });

  it("are refused when too many wait", async () => {
    const turns = new Turns(1, 1, 2);
    await takers(turns, ["a", "a", "a"]);
    expect(turns.take("a")).toBeNull();
  });
});
