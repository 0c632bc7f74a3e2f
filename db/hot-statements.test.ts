import { expect, it } from "vitest";
import { hotStatements } from "./hot-statements";

const OFTEN = 50;

it("a name stands for one text in every process, whichever became hot first (a pooler shares connections)", () => {
  const named = (texts: string[]) => {
    const hot = hotStatements();
    const names = new Map<string, string | undefined>();
    for (const text of texts) {
      for (let round = 0; round < OFTEN; round += 1) names.set(text, hot.nameOf(text));
    }
    return names;
  };
  const one = named(["select 1", "delete from a"]);
  const other = named(["delete from a", "select 1"]);
  expect(one.get("select 1")).toMatch(/^[\w-]{20,63}$/);
  expect(other.get("select 1")).toBe(one.get("select 1"));
  expect(other.get("delete from a")).toBe(one.get("delete from a"));
  expect(one.get("select 1")).not.toBe(one.get("delete from a"));
});

it("gives seldom statements no name, a bounded number of others one, and none once told to stop", () => {
  const hot = hotStatements();
  const ask = (text: string, times: number) => {
    let name: string | undefined;
    for (let round = 0; round < times; round += 1) name = hot.nameOf(text);
    return name;
  };
  expect(ask("seldom", OFTEN - 1)).toBeUndefined();
  const names = Array.from({ length: 300 }, (_, at) => ask(`often ${at}`, OFTEN));
  expect(names.filter(Boolean)).toHaveLength(200);
  expect(ask("often 0", 1)).toBe(names[0]);
  hot.stop();
  expect(ask("often 0", 1)).toBeUndefined();
});
