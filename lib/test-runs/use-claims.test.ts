import { describe, expect, it } from "vitest";
import type { LoginMethod } from "@/lib/login-methods/schema";
import { startWithClaims, wantedClaims } from "./use-claims";

const method: LoginMethod = {
  id: "11111111-2222-4333-8444-555555555555",
  kind: "oidc",
  name: "Practice",
  enabled: true,
  config: { client_id: "a", claims: ["groups"], email_claim_name: "email" },
  secrets: {},
  scim: {
    enabled: false,
    user_deprovision: false,
    seat_deprovision: false,
    identity_update_behavior: "no_action",
  },
  pinnedIssuer: null,
  fingerprint: "print",
  ignoredDrift: {},
  version: 1,
  createdAt: "2026-11-22T10:00:00.000Z",
  updatedAt: "2026-11-22T10:00:00.000Z",
};

describe("claims that an address asks for", () => {
  it.each([
    [{}, null],
    [{ use: "" }, null],
    [{ use: "a".repeat(201) }, null],
    [{ use: "https://x/groups" }, { claims: ["https://x/groups"], email: null }],
    [{ use: ["cognito:groups", "a.b", "a.b"] }, { claims: ["cognito:groups", "a.b"], email: null }],
    [{ use_email: "upn" }, { claims: [], email: "upn" }],
    [{ use_email: ["upn", "mail"] }, null],
  ])("%j", (query, expected) => {
    expect(wantedClaims(query)).toEqual(expected);
  });
});

describe("a form that begins with claims of a result", () => {
  const begin = (claims: string[], email: string | null = null) =>
    startWithClaims(method, null, { claims, email });

  it("has them behind the saved ones, as a change that can be undone", () => {
    const start = begin(["groups", "https://x/groups", "org.unit"]);
    expect(start?.values.config).toEqual({
      ...method.config,
      claims: ["groups", "https://x/groups", "org.unit"],
    });
    expect(start?.fix?.changes).toEqual([
      { name: "claims", before: ["groups"], after: ["groups", "https://x/groups", "org.unit"] },
    ]);
  });

  it("can have another claim as the email", () => {
    expect(begin([], "upn")?.values.config).toMatchObject({ email_claim_name: "upn" });
  });

  it("is as it was when all of them are saved", () => {
    expect(begin(["groups"], "email")).toBeNull();
  });

  it("keeps the settings that were tested", () => {
    const config = { ...method.config, client_id: "b" };
    const begun = begin(["x"]);
    if (!begun) throw new Error("nothing was begun");
    const tested = { ...begun, from: "draft", values: { ...begun.values, config } };
    const start = startWithClaims(null, tested, { claims: ["y"], email: null });
    expect(start).toMatchObject({
      from: "draft",
      values: { config: { client_id: "b", claims: ["groups", "y"] } },
    });
  });
});
