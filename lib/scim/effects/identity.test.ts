import { describe, expect, it } from "vitest";
import type { PersonIdentity } from "@/lib/users/schema";
import { emailOf, nameOf, saysTheSame, withPushed } from "./identity";

const emails = [{ value: "home@example.com" }, { value: "work@example.com", primary: true }];

describe("the address of a pushed person", () => {
  it.each([
    ["userName where it is one", "ada@example.com", { emails }, "ada@example.com"],
    ["the primary of emails", "ada", { emails }, "work@example.com"],
    ["the first of emails", "ada", { emails: emails.slice(0, 1) }, "home@example.com"],
    ["userName for want of any", "ada", {}, "ada"],
    ["userName where emails hold none", "ada", { emails: [{ type: "work" }, 7] }, "ada"],
    ["userName where emails are odd", "ada", { emails: "x" }, "ada"],
  ])("is %s", (_what, userName, attributes, email) => {
    expect(emailOf({ userName, attributes })).toBe(email);
  });
});

describe("the name of a pushed person", () => {
  const name = { givenName: "Ada", familyName: "Byron" };
  it.each([
    [{ displayName: "Countess", name }, "Countess"],
    [{ name: { ...name, formatted: "Ms. Byron" } }, "Ms. Byron"],
    [{ name }, "Ada Byron"],
    [{ name: { familyName: "Byron" } }, "Byron"],
    [{ displayName: "", name: "Ada" }, null],
    [{}, null],
  ])("of %j is %s", (attributes, expected) => {
    expect(nameOf({ attributes })).toBe(expected);
  });
});

describe("an identity after a push", () => {
  const before: PersonIdentity = {
    ...{ email: "old@example.com", name: "Ada", issuer: "https://id.example.com", subject: "s" },
    ...{ loginMethod: { id: "m", name: "Okta", kind: "okta" }, groups: ["a"], amr: ["mfa"] },
    claims: [{ name: "dept", value: "x", values: [] }],
  };
  const user = {
    ...{ userName: "new@example.com", externalId: "e", active: true },
    attributes: { title: "Countess" },
  };

  it("keeps who the person is and what a login told, and the name when none came", () => {
    const { scim, ...after } = withPushed(before, user, null);
    expect(after).toEqual({ ...before, email: "new@example.com" });
    expect(scim).toMatchObject({ userName: "new@example.com", externalId: "e" });
  });

  it("has the pushed groups, none too", () => {
    expect(withPushed(before, user, []).groups).toEqual([]);
  });

  it("says the same whenever it was said and in whatever order, and not when a value differs", () => {
    const one = withPushed(before, user, null);
    const { attributes, ...rest } = one.scim ?? { attributes: {} };
    const later = {
      scim: { attributes, ...rest, refreshedAt: "2030" },
      ...before,
    } as PersonIdentity;
    expect(saysTheSame(one, { ...later, email: one.email })).toBe(true);
    expect(saysTheSame(one, { ...one, groups: ["b"] })).toBe(false);
    expect(saysTheSame(one, before)).toBe(false);
  });
});
