import { describe, expect, it } from "vitest";
import type { Identity } from "@/lib/oidc/schema";
import { identityOf } from "./identity";
import { identitySchema } from "./schema";

const METHOD = { id: "6f1e4b1e-6c0a-4b57-9d6f-0a1b2c3d4e5f", name: "Okta", kind: "okta" };
const ISSUER = "https://id.example.com";

const engine = (over: Partial<Identity> = {}): Identity => ({
  sub: { value: "00u1", source: "id_token", claim: "sub" },
  email: { value: "Ada@Example.com", source: "id_token", claim: "email" },
  name: { value: "Ada", source: "id_token", claim: "name" },
  groups: { value: ["staff", "Staff"], source: "user_info", claim: "groups" },
  amr: null,
  custom: [
    {
      name: "oid",
      source: "id_token",
      value: { a: [1, "x"] },
      values: [{ path: "a", value: "1" }],
      note: "of the engine",
    },
  ],
  missing: [{ name: "dept", reason: "It did not come." }],
  unsaved: [],
  ...over,
});
const withSub = (value: string) => engine({ sub: { value, source: "id_token", claim: "sub" } });

describe("the identity that policies judge", () => {
  it("keeps what the provider said as it was spelled", () => {
    const identity = identityOf(engine(), METHOD, ISSUER);
    expect(identity).toEqual({
      email: "Ada@Example.com",
      name: "Ada",
      issuer: ISSUER,
      subject: "00u1",
      loginMethod: METHOD,
      groups: ["staff", "Staff"],
      amr: [],
      claims: [{ name: "oid", value: { a: [1, "x"] }, values: [{ path: "a", value: "1" }] }],
    });
    expect(identitySchema.parse(identity)).toEqual(identity);
  });

  it("holds no name and no groups when none came", () => {
    expect(identityOf(engine({ name: null, groups: null }), METHOD, ISSUER)).toMatchObject({
      name: null,
      groups: [],
    });
  });

  it("is refused without an email address", () => {
    expect(() => identityOf(engine({ email: null }), METHOD, ISSUER)).toThrow("no email address");
  });

  it.each(["", "undefined", "x".repeat(1001), "a\ufffd"])(
    "is refused with the subject %j, which tells nobody apart",
    (subject) => {
      expect(() => identityOf(withSub(subject), METHOD, ISSUER)).toThrow("subject");
    },
  );

  it("is refused without an issuer", () => {
    expect(() => identityOf(engine(), METHOD, "")).toThrow("subject");
  });
});
