import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { allClaims, resolveClaim } from "./claim-lookup";
import { pathsInto, pathTo } from "./claim-paths";
import type { JsonObject } from "./parse-json";

const found = (idToken: JsonObject, name: string, userInfo: JsonObject | null = null) =>
  resolveClaim(allClaims({ idToken, userInfo }), name)?.value;

const CLAIMS = {
  "https://x.example/groups": ["a"],
  "cognito:groups": ["b"],
  "a.b": "exact",
  a: { b: "nested", c: { "d.e": 1, d: { f: 2 } } },
  realm_access: { roles: ["admin", "user"] },
  "https://x.example/app": { roles: ["r"], "v1.2": "x" },
  orgs: [{ name: "one", tags: ["t1"] }, { name: "two", tags: ["t2", "t3"] }, "odd", null],
  empty: null,
  deep: { nothing: null, list: [] },
  zero: { "0": "member" },
};

describe("a claim", () => {
  test.each<[string, unknown]>([
    ["https://x.example/groups", ["a"]],
    ["cognito:groups", ["b"]],
    ["a.b", "exact"],
    ["a.c.d.e", 1],
    ["a.c.d.f", 2],
    ["realm_access.roles", ["admin", "user"]],
    ["realm_access.roles.0", "admin"],
    ["https://x.example/app.roles", ["r"]],
    ["https://x.example/app.v1.2", "x"],
    ["orgs.0.name", "one"],
    ["orgs.1.tags.1", "t3"],
    ["orgs.name", ["one", "two"]],
    ["orgs.tags", ["t1", "t2", "t3"]],
    ["orgs.9.name", undefined],
    ["orgs.colour", undefined],
    ["zero.0", "member"],
    ["empty", undefined],
    ["deep.nothing", undefined],
    ["deep.list", []],
    ["a.c.d", { f: 2 }],
    ["realm_access.Roles", undefined],
    ["", undefined],
    [".", undefined],
    ["a.", undefined],
    ["realm_access.roles.length", undefined],
  ])("%s is %j", (name, value) => expect(found(CLAIMS, name)).toEqual(value));

  test("the ID token counts before user info, also within one claim, and what it lacks is filled in", () => {
    const [idToken, userInfo] = [{ r: { x: 1, z: null } }, { r: { x: 2, y: 3, z: 4 } }];
    expect(["r.x", "r.y", "r.z"].map((path) => found(idToken, path, userInfo))).toEqual([1, 3, 4]);
  });

  test.each(["__proto__", "constructor.name", "a.constructor", "a.__proto__.toString", "orgs.map"])(
    "prototype pollution: %s is nothing",
    (name) => expect(found(CLAIMS, name)).toBeUndefined(),
  );

  test("algorithmic complexity: dots without end and nesting without end stay cheap", () => {
    let deep: unknown = "bottom";
    for (let level = 0; level < 5000; level += 1) deep = { a: deep };
    expect(found({ a: deep }, Array(120).fill("a").join("."))).toBeUndefined();
    expect(found({ a: deep }, "a.".repeat(100_000))).toBeUndefined();
    const wide = Object.fromEntries(
      Array.from({ length: 100 }, (_, at) => [
        Array(at + 1)
          .fill("a")
          .join("."),
        {},
      ]),
    );
    expect(found({ root: wide }, `root.${Array(120).fill("a").join(".")}`)).toBeUndefined();
  });

  const json = fc.object({
    key: fc.constantFrom("a", "b", "a.b", "0", "x/y", "c:d", "name"),
    maxDepth: 4,
    values: [fc.string(), fc.integer(), fc.boolean(), fc.constant(null)],
    withNullPrototype: false,
  });

  test("any claim is found by its exact name, whatever else is there", () => {
    void fc.assert(
      fc.property(json, fc.string({ minLength: 1 }), fc.integer(), (claims, name, value) => {
        fc.pre(name !== "__proto__");
        expect(found({ ...claims, [name]: value }, name)).toBe(value);
      }),
    );
  });

  test("every path that is offered leads to something of that claim, and is found again", () => {
    void fc.assert(
      fc.property(json, (claims) => {
        const all = allClaims({ idToken: claims as JsonObject, userInfo: null });
        for (const root of all) {
          for (const { name, value } of pathsInto(all, root, 50)) {
            expect(name.startsWith(`${root.name}.`)).toBe(true);
            expect(resolveClaim(all, name)?.value).toEqual(value);
            expect(value).not.toBeNull();
          }
        }
      }),
    );
  });

  test("lookup never throws", () => {
    void fc.assert(
      fc.property(json, fc.array(fc.constantFrom("a", "b", "0", "name", "")), (claims, steps) => {
        expect(() => found(claims as JsonObject, steps.join("."))).not.toThrow();
      }),
    );
  });
});

describe("the paths into a claim", () => {
  const pathsOf = (name: keyof typeof CLAIMS, most = 50) => {
    const all = allClaims({ idToken: CLAIMS, userInfo: null });
    const root = all.find((claim) => claim.name === name);
    return root ? pathsInto(all, root, most).map((path) => path.name) : null;
  };

  test.each<[keyof typeof CLAIMS, string[]]>([
    ["realm_access", ["realm_access.roles"]],
    // a.b is a claim of its own.
    ["a", ["a.c.d.e", "a.c.d.f"]],
    ["orgs", ["orgs.name", "orgs.tags"]],
    ["https://x.example/app", ["https://x.example/app.roles", "https://x.example/app.v1.2"]],
    ["cognito:groups", []],
    ["deep", ["deep.list"]],
  ])("%s: %j", (name, expected) => expect(pathsOf(name)).toEqual(expected));

  test("are as many as asked for, and none that could not be saved", () => {
    expect(pathsOf("orgs", 1)).toEqual(["orgs.name"]);
    const root = {
      name: "x",
      value: { "a b": 1, "c\u0000": 2, ok: 3, ["n".repeat(300)]: 4 },
      source: "id_token" as const,
    };
    expect(pathsInto([root], root, 50).map(({ name }) => name)).toEqual(["x.ok"]);
  });
});

/** Counts how often something is read from an object, however it is read. */
function counted<T extends object>(target: T, counter: { reads: number }): T {
  return new Proxy(target, {
    get(object, name) {
      counter.reads += 1;
      return Reflect.get(object, name);
    },
    getOwnPropertyDescriptor(object, name) {
      counter.reads += 1;
      return Reflect.getOwnPropertyDescriptor(object, name);
    },
  });
}

describe("claims made to hold up the server", () => {
  const names = (count: number, name: (at: number) => string) =>
    Array.from({ length: count }, (_, at) => name(at));
  const members = (from: readonly string[], value: () => unknown) =>
    Object.fromEntries(from.map((name) => [name, value()]));
  const tree = (depth: number): unknown =>
    depth === 0 ? 1 : members(["a", "a.a", "a.a.a", "a.a.a.a"], () => tree(depth - 1));

  test.each<[string, (counter: { reads: number }) => JsonObject]>([
    [
      "ten thousand nested claims",
      (counter) =>
        members(
          names(10_000, (at) => `r${at}`),
          () => counted({ x: 1 }, counter),
        ),
    ],
    [
      "a long list of objects with many names",
      (counter) => ({
        a: [
          members(
            names(500, (at) => `k${at}`),
            () => 1,
          ),
          ...Array.from({ length: 20_000 }, () => counted({}, counter)),
        ],
      }),
    ],
    [
      "names with dots that can be read in many ways",
      (counter) => ({ a: counted(tree(7) as object, counter) }),
    ],
  ])("%s are searched for paths within a bound", (_, claimsOf) => {
    const counter = { reads: 0 };
    const claims = allClaims({ idToken: claimsOf(counter), userInfo: null });
    for (const name of names(20, (at) => `missing${at}`)) expect(pathTo(claims, name)).toBeNull();
    for (const root of claims) pathsInto(claims, root, 200);
    expect(counter.reads).toBeLessThan(200_000);
  });

  test("do not take away from what is saved by name", () => {
    const claims = allClaims({
      idToken: {
        ...members(
          names(10_000, (at) => `r${at}`),
          () => ({ x: 1 }),
        ),
        o: { p: "kept" },
      },
      userInfo: null,
    });
    pathTo(claims, "missing");
    expect(resolveClaim(claims, "o.p")?.value).toBe("kept");
    expect(resolveClaim(claims, "r9999.x")?.value).toBe(1);
  });
});
