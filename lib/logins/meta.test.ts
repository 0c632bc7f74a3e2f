import { createHmac } from "node:crypto";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { deriveKey } from "@/lib/kit/secrets";
import { readMeta, signMeta } from "./meta";
import type { LoginMeta } from "./schema";

const SECRET = "a master key for these tests, 32+ characters";
beforeAll(() => {
  vi.stubEnv("GATEHOUSE_SECRET", SECRET);
});

const meta = (over: Partial<LoginMeta> = {}): LoginMeta => ({
  app: "6f1e4b1e-6c0a-4b57-9d6f-0a1b2c3d4e5f",
  aud: "a".repeat(64),
  origin: "https://app.example.com:8443",
  path: "/reports?q=1&r=ü",
  browser: "b".repeat(43),
  iat: 1_700_000_000,
  ...over,
});

const signedWith = (secret: string, purpose: string, body: string): string =>
  `${body}.${createHmac("sha256", deriveKey(secret, purpose)).update(body).digest("base64url")}`;

const bodyOf = (value: unknown): string =>
  `1.${Buffer.from(JSON.stringify(value)).toString("base64url")}`;

describe("what the gate tells the login page", () => {
  it("comes back as it was", () => {
    expect(readMeta(signMeta(meta()))).toEqual(meta());
  });

  it("fits into an address, however long the path is", () => {
    const long = readMeta(signMeta(meta({ path: `/reports?q=${"x".repeat(20_000)}` })));
    expect(long?.path).toBe("/reports");
    expect(readMeta(signMeta(meta({ path: `/${"\u0001".repeat(3000)}` })))?.path).toBe("/");
    const most = signMeta(meta({ path: `/${"y".repeat(2045)}` }));
    expect(most.length).toBeLessThanOrEqual(4096);
    expect(readMeta(most)?.path).toHaveLength(2046);
  });

  it("is not made by anybody else: every changed character is noticed", () => {
    const text = signMeta(meta());
    for (let at = 0; at < text.length; at += 1) {
      const other = text[at] === "A" ? "B" : "A";
      expect(readMeta(text.slice(0, at) + other + text.slice(at + 1))).toBeNull();
    }
  });

  it.each([
    [
      "another secret",
      signedWith("another secret of 32 characters or more", "login meta", bodyOf(meta())),
    ],
    ["a key for another purpose", signedWith(SECRET, "secrets at rest", bodyOf(meta()))],
    ["nothing", ""],
    ["a dot", "."],
    ["no signature", bodyOf(meta())],
    ["an empty signature", `${bodyOf(meta())}.`],
    ["an unsigned JWT", `${Buffer.from('{"alg":"none"}').toString("base64url")}.e30.`],
    ["too much", `1.${"A".repeat(5000)}.x`],
  ])("forged with %s: refused", (_what, text) => {
    expect(readMeta(text)).toBeNull();
  });

  it("is refused in another shape, even when it is signed", () => {
    for (const value of [{}, null, [], { ...meta(), iat: "now" }, { ...meta(), app: "1" }]) {
      expect(readMeta(signedWith(SECRET, "login meta", bodyOf(value)))).toBeNull();
    }
    expect(readMeta(signedWith(SECRET, "login meta", "1.bm8"))).toBeNull();
  });

  it("is refused with padding or other base64 of the same bytes", () => {
    const text = signMeta(meta());
    expect(readMeta(`${text}=`)).toBeNull();
    expect(readMeta(text.replaceAll("-", "+").concat(" "))).toBeNull();
  });
});
