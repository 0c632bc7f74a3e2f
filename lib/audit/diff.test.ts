import { describe, expect, it } from "vitest";
import { diffOf } from "./diff";

const PLANTED = "planted-secret-4711";

describe("the difference between two states", () => {
  it("names each changed value by its path", () => {
    const before = { name: "Okta", config: { pkce: false, scopes: ["openid"] }, same: 1 };
    const after = { name: "Okta", config: { pkce: true, scopes: ["openid", "email"] }, same: 1 };
    expect(diffOf(before, after)).toEqual([
      { path: "config.pkce", before: false, after: true },
      { path: "config.scopes", before: ["openid"], after: ["openid", "email"] },
    ]);
  });

  it("lists every value of what was created or removed", () => {
    expect(diffOf(null, { name: "Okta", config: { a: 1 } })).toEqual([
      { path: "config.a", before: null, after: 1 },
      { path: "name", before: null, after: "Okta" },
    ]);
    expect(diffOf({ name: "Okta" }, null)).toEqual([{ path: "name", before: "Okta", after: null }]);
  });

  it("takes nothing, null and the empty text for the same", () => {
    expect(diffOf({ a: null, b: "" }, { a: "", c: null })).toEqual([]);
  });

  it("cannot be made to write to a prototype", () => {
    const hostile = JSON.parse('{"__proto__": {"polluted": true}}');
    expect(diffOf({}, hostile)).toEqual([
      { path: "__proto__.polluted", before: null, after: true },
    ]);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it("bounds long values", () => {
    const [change] = diffOf({}, { note: "x".repeat(50_000) });
    expect(String(change?.after).length).toBeLessThan(2_100);
  });
});

describe("a secret in a difference", () => {
  it.each([
    ["set", {}, { client_secret: PLANTED }, null, "set"],
    ["changed", { client_secret: "old" }, { client_secret: PLANTED }, null, "changed"],
    ["removed", { client_secret: PLANTED }, {}, "set", "removed"],
  ])("is only said to be %s", (_word, before, after, from, to) => {
    expect(diffOf(before, after)).toEqual([{ path: "client_secret", before: from, after: to }]);
  });

  it.each([
    ["under a usual name", { config: { api_token: PLANTED } }, []],
    ["under a name the caller gives", { config: { pin: PLANTED } }, ["pin"]],
    ["by a path the caller gives", { config: { pin: PLANTED } }, ["config.pin"]],
    ["below a secret name", { secrets: { x: { sealed: PLANTED } } }, ["secrets"]],
    ["in a list", { keys: [{ private_key: PLANTED }] }, []],
    ["in an object that was a text", { value: { password: PLANTED } }, []],
    [
      "too deep to walk",
      { a: { b: { c: { d: { e: { f: { g: { h: { i: { j: PLANTED } } } } } } } } } },
      [],
    ],
  ])("never appears %s", (_where, after, names) => {
    const text = JSON.stringify([
      diffOf(null, after, names),
      diffOf(after, null, names),
      diffOf({ value: "text", keys: [] }, after, names),
    ]);
    expect(text).not.toContain(PLANTED);
    expect(diffOf(null, after, names)).not.toEqual([]);
  });
});
