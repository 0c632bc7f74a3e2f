import { describe, expect, it } from "vitest";
import { connectorFor } from "@/lib/connectors";
import { claimsChanges } from "./claims-changes";
import { settingChanges } from "./settings-changes";

const { fields } = connectorFor("oidc");
const tested = (settings: Record<string, unknown>, fingerprint: string) => ({
  settings,
  fingerprint,
});
const BASE = { client_id: "a", token_url: "https://x/token", claims: ["one", "two"] };

describe("what changed in the settings", () => {
  it("is told under the labels of the form, in its order", () => {
    const after = { ...BASE, token_url: "https://y/token", pkce_enabled: true, claims: ["two"] };
    expect(settingChanges(fields, tested(BASE, "1"), tested(after, "2"))).toEqual(
      [
        {
          name: "token_url",
          label: "Token URL",
          before: "https://x/token",
          after: "https://y/token",
        },
        {
          name: "pkce_enabled",
          label: "Proof Key for Code Exchange (PKCE)",
          before: "Off",
          after: "On",
        },
        { name: "claims", label: "OIDC Claims", before: "one, two", after: "two" },
      ].toSorted(
        (a, b) =>
          fields.findIndex(({ name }) => name === a.name) -
          fields.findIndex(({ name }) => name === b.name),
      ),
    );
  });

  it.each([
    ["the order of a list", { ...BASE, claims: ["two", "one"] }],
    ["an empty field and none", { ...BASE, issuer: "", scopes: [] }],
  ])("is not %s", (_name, after) => {
    expect(settingChanges(fields, tested(BASE, "1"), tested(after, "1"))).toEqual([]);
  });

  it("of a secret is told only as replaced", () => {
    const [change, ...others] = settingChanges(fields, tested(BASE, "1"), tested(BASE, "2"));
    expect(others).toEqual([]);
    expect(change).toMatchObject({ name: null, before: null, after: null });
    expect(change?.label).toMatch(/^Client secret/);
  });

  it("says nothing of secrets where a setting tells the difference, or a fingerprint is missing", () => {
    const other = { ...BASE, client_id: "b" };
    expect(settingChanges(fields, tested(BASE, "1"), tested(other, "2"))).toMatchObject([
      { name: "client_id" },
    ]);
    expect(settingChanges(fields, tested(BASE, ""), tested(BASE, "2"))).toEqual([]);
  });

  it("names settings that the form does not know", () => {
    const after = { ...BASE, from_the_future: { a: 1 } };
    expect(settingChanges(fields, tested(BASE, "1"), tested(after, "2"))).toMatchObject([
      { label: "from_the_future", before: "empty", after: '{"a":1}' },
    ]);
  });
});

describe("what changed in the claims", () => {
  const before = { sub: "1", iat: 1, groups: ["a", "b"], dept: "x", gone: true };
  it("is told by name, without what differs at every sign-in", () => {
    const after = { sub: "1", iat: 2, groups: ["b", "a"], dept: "y", new: 1 };
    expect(claimsChanges(before, after)).toEqual({
      samePerson: true,
      added: ["new"],
      removed: ["gone"],
      changed: [{ name: "dept", before: "text", after: "text" }],
    });
  });

  it("of another person is only what has another type", () => {
    const after = { sub: "2", groups: "a b", dept: "y", gone: false };
    expect(claimsChanges(before, after)).toEqual({
      samePerson: false,
      added: [],
      removed: [],
      changed: [{ name: "groups", before: "list of 2", after: "text" }],
    });
  });

  it("never holds a value", () => {
    const after = { ...before, dept: "a value that is nobody's business" };
    expect(JSON.stringify(claimsChanges(before, after))).not.toContain("business");
  });
});
