import { beforeAll, describe, expect, it, vi } from "vitest";
import { deriveKey, sealWith } from "@/lib/kit/secrets";
import { type Denial, readDenial, sealDenial } from "./denial";

const SECRET = "a master key for these tests, 32+ characters";
beforeAll(() => {
  vi.stubEnv("GATEHOUSE_SECRET", SECRET);
});

const denial: Denial = {
  app: "6f1e4b1e-6c0a-4b57-9d6f-0a1b2c3d4e5f",
  host: "app.example.com",
  reason: "identity",
  email: "ada@example.com",
  ref: "ABCD-2345",
  iat: 1_700_000_000,
};
const now = denial.iat * 1000;

describe("a denial in an address", () => {
  it("comes back as it was, for an hour", () => {
    const text = sealDenial(denial);
    expect(readDenial(text, now)).toEqual(denial);
    expect(readDenial(text, now + 3_599_000)).toEqual(denial);
    expect(readDenial(text, now + 3_600_000)).toBeNull();
  });

  it("shows nobody's name", () => {
    const text = sealDenial(denial);
    expect(text).not.toContain("ada");
    expect(Buffer.from(text.split(".").at(-1) ?? "", "base64url").toString()).not.toContain("ada");
    expect(text.length).toBeLessThan(400);
  });

  it("is not made by anybody else", () => {
    const json = JSON.stringify(denial);
    const other = "another secret of 32 characters or more";
    for (const text of [
      "",
      json,
      "v1.a.b.c",
      sealDenial(denial).slice(0, -4),
      sealDenial(denial).replace(/.{4}$/, (end) => (end === "AAAA" ? "BBBB" : "AAAA")),
      sealWith(deriveKey(other, "denials"), json, "denial"),
      sealWith(deriveKey(SECRET, "secrets at rest"), json, "denial"),
      sealWith(deriveKey(SECRET, "denials"), json, "something else"),
      sealWith(deriveKey(SECRET, "denials"), JSON.stringify({ ...denial, reason: "x" }), "denial"),
      "v".repeat(3000),
    ]) {
      expect(readDenial(text, now)).toBeNull();
    }
  });
});
