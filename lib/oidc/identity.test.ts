import { describe, expect, test } from "vitest";
import { isEmail } from "./email";
import { mapIdentity } from "./identity";
import type { JsonObject } from "./parse-json";
import type { Connection } from "./schema";

const connection: Connection = {
  clientId: "app-1",
  clientSecret: null,
  tokenAuthMethod: "none",
  authUrl: "https://idp.example/authorize",
  tokenUrl: "https://idp.example/token",
  certsUrl: "https://idp.example/jwks",
  userinfoUrl: null,
  issuer: null,
  scopes: ["openid", "email"],
  pkce: true,
  prompt: null,
  clockTolerance: 30,
  emailClaim: "email",
  claims: [],
};
const map = (
  idToken: JsonObject,
  changes: Partial<Connection> = {},
  userInfo: JsonObject | null = null,
) =>
  mapIdentity({ ...connection, ...changes }, { idToken: { sub: "user-1", ...idToken }, userInfo });
const codes = (mapped: ReturnType<typeof map>) => mapped.warnings.map(({ code }) => code);

describe("email", () => {
  test("comes from the configured claim, in the ID token before user info", () => {
    const mapped = map({ upn: "a@id.example" }, { emailClaim: "upn" }, { upn: "a@info.example" });
    expect(mapped.identity.email).toEqual({
      value: "a@id.example",
      source: "id_token",
      claim: "upn",
    });
  });

  test('falls back to "email" with a warning', () => {
    const mapped = map({ email: "a@b.example" }, { emailClaim: "upn" });
    expect(mapped.identity.email?.claim).toBe("email");
    expect(codes(mapped)).toEqual(["email_fallback"]);
  });

  test("a claim that differs in case alone is not taken, but named", () => {
    const { identity, problem } = map({ Email: "a@b.example" });
    expect(identity.email).toBeNull();
    expect(problem).toMatchObject({ code: "no_email" });
    expect(problem?.facts).toContainEqual({ label: "Other spelling", value: "Email" });
    expect(problem?.facts).toContainEqual({ label: "Suggested claim", value: "Email" });
  });

  test("a claim without an address is told apart from a missing one", () => {
    expect(map({ email: "ada" }).problem?.code).toBe("email_invalid");
    expect(map({ email: "" }).problem?.code).toBe("email_invalid");
    expect(map({ email: null }).problem?.code).toBe("no_email");
    expect(map({}).problem?.code).toBe("no_email");
  });

  test("the first address of a list counts", () => {
    expect(
      map({ emails: ["a@b.example", "c@d.example"] }, { emailClaim: "emails" }).identity.email
        ?.value,
    ).toBe("a@b.example");
  });

  test.each([false, "false"])("email_verified %j is a warning", (verified) => {
    expect(codes(map({ email: "a@b.example", email_verified: verified }))).toEqual([
      "email_unverified",
    ]);
  });

  test("an empty email_verified in the ID token does not hide what user info says of it", () => {
    const mapped = map(
      { email: "a@b.example", email_verified: null },
      {},
      { email_verified: false },
    );
    expect(codes(mapped)).toEqual(["email_unverified"]);
  });

  test.each([
    "a@evil@corp.example",
    "a@corp.example\u200b",
    "a\u0000@corp.example",
    "a b@corp.example",
    "@corp.example",
    "a@",
    "a",
    `${"a".repeat(400)}@b.example`,
  ])("account takeover: %j is not an address", (text) => {
    expect(isEmail(text)).toBe(false);
  });
});

describe("groups", () => {
  test.each([
    ["groups", ["a", "b"]],
    ["Groups", ["a", "b"]],
    ["GROUPS", "a"],
  ])("the claim %s is found whatever its case", (name, value) => {
    expect(map({ [name]: value }).identity.groups).toMatchObject({
      claim: name,
      value: [value].flat(),
    });
  });

  test("objects in the list give their values", () => {
    expect(map({ groups: [{ id: "1", name: "eng" }] }).identity.groups?.value).toEqual([
      "1",
      "eng",
    ]);
  });

  test("a list that was left out, or cut, is a warning", () => {
    const hundred = Array.from({ length: 100 }, (_, at) => `group-${at}`);
    expect(codes(map({ email: "a@b.example", _claim_names: { groups: "src1" } }))).toEqual([
      "groups_overage",
    ]);
    expect(codes(map({ email: "a@b.example", groups: hundred }))).toEqual(["groups_limit"]);
    expect(codes(map({ email: "a@b.example", groups: hundred.slice(1) }))).toEqual([]);
  });
});

describe("custom claims", () => {
  test("keep their saved order, their whole value and where they came from", () => {
    const { identity } = map(
      { b: { c: [1, 2] } },
      { claims: ["a", "b"] },
      { a: "x", b: "ignored" },
    );
    expect(identity.custom).toEqual([
      { name: "a", source: "user_info", value: "x", values: [{ path: "", value: "x" }] },
      {
        name: "b",
        source: "id_token",
        value: { c: [1, 2] },
        values: [
          { path: "c", value: "1" },
          { path: "c", value: "2" },
        ],
      },
    ]);
  });

  test.each<[string, JsonObject, Partial<Connection>, RegExp]>([
    ["department", {}, {}, /not in the ID token, and no User info URL/],
    ["Groups", { groups: ["a"] }, {}, /came as groups/],
    ["department", { department: null }, {}, /empty for this user/],
    ["given_name", {}, {}, /scope profile was not asked for/],
    ["groups", {}, {}, /scope groups was not asked for/],
    [
      "department",
      {},
      { userinfoUrl: "https://idp.example/userinfo" },
      /user info could not be used/,
    ],
  ])("a saved claim %s that did not come says why", (name, claims, changes, reason) => {
    const mapped = map({ email: "a@b.example", ...claims }, { ...changes, claims: [name] });
    expect(mapped.identity.missing).toEqual([{ name, reason: expect.stringMatching(reason) }]);
    expect(codes(mapped)).toEqual([name === "groups" ? "groups_missing" : "claims_missing"]);
  });

  test("names with dots, slashes and colons survive", () => {
    const name = "https://x.example/claims:roles";
    expect(map({ [name]: ["a"] }, { claims: [name] }).identity.custom[0]).toMatchObject({
      name,
      values: [{ value: "a" }],
    });
  });

  test("prototype pollution: a saved claim named like a member of Object is not found", () => {
    const { identity } = map({}, { claims: ["constructor", "toString", "__proto__"] });
    expect(identity.custom).toEqual([]);
    expect(identity.missing.map(({ name }) => name)).toEqual([
      "constructor",
      "toString",
      "__proto__",
    ]);
  });

  test("what came and is not saved is listed with its type, without the protocol's own claims", () => {
    const { identity } = map(
      { iss: "x", nonce: "n", email: "a@b.example", level: 3, saved: 1, roles: ["x"] },
      { claims: ["saved"] },
    );
    expect(identity.unsaved).toEqual([
      { name: "level", source: "id_token", type: "number", values: [{ path: "", value: "3" }] },
      { name: "roles", source: "id_token", type: "list", values: [{ path: "", value: "x" }] },
    ]);
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`c${at}`, at]));
    expect(map(many).identity.unsaved).toHaveLength(20);
  });

  test("a claim with more than a policy can match carries a note, any other carries none", () => {
    const { identity } = map(
      {
        bio: "x".repeat(5000),
        short: "x",
        none: [],
        many: Array.from({ length: 70 }, (_, at) => at),
      },
      { claims: ["bio", "short"] },
    );
    expect(identity.custom).toMatchObject([
      { name: "bio", values: [], note: expect.stringMatching(/too long to match in a policy/) },
      { name: "short" },
    ]);
    expect(identity.custom[1]).not.toHaveProperty("note");
    expect(identity.unsaved).toMatchObject([
      { name: "none", values: [] },
      { name: "many", note: "20 more values came." },
    ]);
    expect(identity.unsaved[0]).not.toHaveProperty("note");
  });
});

describe("what can be put right by itself", () => {
  const warned = (mapped: ReturnType<typeof map>, code: string) =>
    mapped.warnings.find((warning) => warning.code === code)?.remedies;
  const address = { email: "a@b.example" };

  test("another claim with an address may be the email claim, the likeliest first", () => {
    const { problem } = map({
      upn: "a@b.example",
      user: { mail: "c@d.example" },
      nickname: "e@f.g",
    });
    expect(problem?.remedies).toEqual([
      { label: 'Use "user.mail" as Email claim name', set: { email_claim_name: "user.mail" } },
      { label: 'Use "upn" as Email claim name', set: { email_claim_name: "upn" } },
    ]);
    expect(
      map({ user: { mail: "c@d.example" } }, { emailClaim: "user.mail" }).identity.email,
    ).toEqual({ value: "c@d.example", source: "id_token", claim: "user.mail" });
  });

  test.each([
    ["Department", "department", { department: "R&D" }],
    ["roles", "realm_access.roles", { realm_access: { roles: ["x"] } }],
  ])("a saved %s that came as %s is saved as that", (saved, came, claims) => {
    const mapped = map({ ...address, ...claims }, { claims: ["other", saved] });
    expect(warned(mapped, "claims_missing")).toEqual([
      { label: `Save ${came} in place of ${saved}`, set: { claims: ["other", came] } },
    ]);
    expect(mapped.identity.missing[1]?.reason).toContain(came);
    const again = map({ ...address, ...claims }, { claims: [came] });
    expect(again.identity.custom).toMatchObject([{ name: came }]);
  });

  test("paths into what nobody has saved are listed behind it, to be saved as they stand", () => {
    const { identity } = map(
      { ...address, org: { unit: { name: "x" }, sites: ["a"] }, cut: Array(3).fill({ id: 1 }) },
      { claims: ["org.unit.name"] },
    );
    expect(identity.unsaved.map(({ name, type }) => [name, type])).toEqual([
      ["org", "object"],
      ["org.sites", "list"],
      ["cut", "list"],
      ["cut.id", "list"],
    ]);
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`m${at}`, at]));
    expect(map({ many, more: many }).identity.unsaved.length).toBeLessThanOrEqual(60);
  });
});

describe("groups that say what they are", () => {
  const guid = (at: number) => `0000000${at}-2222-3333-4444-555555555555`;
  test.each([
    ["IDs", [guid(1), guid(2)], ["groups_ids"]],
    ["IDs and a name", [guid(1), "eng"], []],
    ["full paths", ["/staff", "/staff/eng"], ["groups_paths"]],
    ["a path and a name", ["/staff", "eng"], []],
  ])("%s", (_name, groups, expected) =>
    expect(codes(map({ email: "a@b.example", groups }))).toEqual(expected),
  );

  test.each([
    [
      {
        _claim_names: { groups: "src1" },
        _claim_sources: { src1: { endpoint: "https://g.example" } },
      },
    ],
    [{ hasgroups: true }],
  ])("%j stands in place of them", (claims) => {
    const mapped = map({ email: "a@b.example", ...claims }, { claims: ["groups"] });
    expect(codes(mapped)).toEqual(["groups_overage"]);
  });
});
