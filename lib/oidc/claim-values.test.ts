import { expect, test } from "vitest";
import { claimType, claimValues } from "./claim-values";

const texts = (claim: unknown) =>
  claimValues(claim).values.map(({ path, value }) => `${path}=${value}`);

test.each<[string, unknown, string[]]>([
  ["a text", "Engineering", ["=Engineering"]],
  ["a number", 7, ["=7"]],
  ["a truth value", false, ["=false"]],
  ["zero", 0, ["=0"]],
  ["nothing", null, []],
  ["an empty text", "", []],
  ["a list", ["a", "b"], ["=a", "=b"]],
  ["a list that repeats", ["a", "a", 1, "1"], ["=a", "=1"]],
  ["a list of lists", [["a"], [["b"]]], ["=a", "=b"]],
  ["an object", { roles: ["admin"], level: 3 }, ["roles=admin", "level=3"]],
  ["objects in a list", [{ name: "a" }, { name: "b" }], ["name=a", "name=b"]],
  ["a nested object", { realm: { roles: ["x"] } }, ["realm.roles=x"]],
  ["names with slashes and colons", { "urn:a/b": "x" }, ["urn:a/b=x"]],
  ["names with dots", { "https://x.example/roles": ["x"] }, ['["https://x.example/roles"]=x']],
  ["a name with a dot is not a path", { a: { b: "1" }, "a.b": "2" }, ["a.b=1", '["a.b"]=2']],
  ["names with quotes and brackets", { 'a"]': "x" }, ['["a\\"]"]=x']],
  ["values with commas and spaces stay whole", ["a, b", "c"], ["=a, b", "=c"]],
])("%s becomes its separate values", (_name, claim, expected) => {
  expect(texts(claim)).toEqual(expected);
});

test("depth and number are bounded, and what is left out is told", () => {
  let deep: unknown = "bottom";
  for (let level = 0; level < 5000; level += 1) deep = { a: deep };
  const tooDeep = { values: [], note: expect.stringMatching(/deeper than 8 levels/) };
  expect(claimValues(deep)).toEqual(tooDeep);
  expect(claimValues({ ["n".repeat(300)]: [1, 2] })).toEqual(tooDeep);
  expect(claimValues(Array.from({ length: 2000 }, (_, at) => at)).values).toHaveLength(2000);
  const wide = claimValues({ ["n".repeat(250)]: Array.from({ length: 9000 }, (_, at) => at) });
  expect(wide.values.length).toBeLessThan(1100);
  expect(wide.note).toMatch(/too many values .* only the first 1,0\d\d count/);
});

test.each<[string, unknown, string | null]>([
  [
    "one text",
    "x".repeat(5000),
    "A value is too long to match in a policy (5,000 characters; the limit is 4,096).",
  ],
  [
    "several",
    { a: "x".repeat(5000), b: ["y".repeat(4097)] },
    "2 values are too long to match in a policy (up to 5,000 characters; the limit is 4,096).",
  ],
  ["the longest that fits", "x".repeat(4096), null],
  ["nothing", [], null],
])("a claim that is too long is told apart from an empty one: %s", (_name, claim, note) => {
  expect(claimValues(claim).note).toBe(note);
  expect(claimValues(["short", claim])).toMatchObject({
    values: expect.arrayContaining([{ path: "", value: "short" }]),
    note,
  });
});

test("prototype pollution: names of Object's own members are plain names", () => {
  const claim = JSON.parse('{"__proto__":{"polluted":"1"},"constructor":{"prototype":"2"}}');
  expect(texts(claim)).toEqual(["__proto__.polluted=1", "constructor.prototype=2"]);
  expect(Object.prototype).not.toHaveProperty("polluted");
});

test.each([
  ["a", "text"],
  [1, "number"],
  [true, "yes or no"],
  [[], "list"],
  [{}, "object"],
  [null, "empty"],
])("the type of %j is called %s", (value, name) => {
  expect(claimType(value)).toBe(name);
});
