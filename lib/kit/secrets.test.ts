import { describe, expect, test } from "vitest";
import { deriveKey, hashToken, openWith, randomToken, sameText, sealWith } from "./secrets";

const key = deriveKey("m".repeat(32), "test");

describe("sealed secrets", () => {
  test.each(["", "s3cret", "ü€🔑", "x".repeat(100_000)])("round trip (case %#)", (text) => {
    expect(openWith(key, sealWith(key, text, "row 1"), "row 1")).toBe(text);
  });

  test("the same text is sealed differently each time", () => {
    expect(sealWith(key, "a", "c")).not.toBe(sealWith(key, "a", "c"));
  });

  const sealed = sealWith(key, "s3cret", "row 1");
  const [version, id, iv, body = ""] = sealed.split(".");
  const flipped = `${body.startsWith("A") ? "B" : "A"}${body.slice(1)}`;
  test.each([
    ["copied to another row", key, sealed, "row 2"],
    ["opened with another master key", deriveKey("n".repeat(32), "test"), sealed, "row 1"],
    ["opened with the key of another purpose", deriveKey("m".repeat(32), "x"), sealed, "row 1"],
    ["with a flipped byte", key, `${version}.${id}.${iv}.${flipped}`, "row 1"],
    ["cut to less than its tag", key, `${version}.${id}.${iv}.${body.slice(0, 8)}`, "row 1"],
    ["without its body", key, `${version}.${id}.${iv}`, "row 1"],
    ["with an unknown version", key, `v9.${id}.${iv}.${body}`, "row 1"],
    ["empty", key, "", "row 1"],
    ["in plain text", key, "s3cret", "row 1"],
  ])("a value %s is refused, and not told", (_, opener, value, context) => {
    expect(() => openWith(opener, value, context)).toThrow(
      expect.objectContaining({
        code: "unavailable",
        message: expect.not.stringContaining("s3cret"),
        fix: expect.any(String),
      }),
    );
  });

  test("a truncated authentication tag is not accepted", () => {
    const bytes = Buffer.from(body, "base64url");
    for (let length = bytes.length - 1; length > bytes.length - 16; length--) {
      const cut = bytes.subarray(0, length).toString("base64url");
      expect(() => openWith(key, `${version}.${id}.${iv}.${cut}`, "row 1")).toThrow();
    }
  });
});

test("each purpose has a key of its own, of 256 bits", () => {
  const keys = ["a", "b", "c"].map((purpose) => deriveKey("m".repeat(32), purpose));
  expect(new Set(keys.map((one) => one.toString("hex"))).size).toBe(3);
  expect(keys.every((one) => one.length === 32)).toBe(true);
});

test("tokens are 256 random bits, and their hash tells nothing of them", () => {
  const token = randomToken();
  expect(token).toMatch(/^[\w-]{43}$/);
  expect(randomToken()).not.toBe(token);
  expect(hashToken("abc")).toBe("ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0");
});

test.each([
  ["abc", "abc", true],
  ["abc", "abd", false],
  ["abc", "abcd", false],
  ["", "", true],
  ["é", "e", false],
])("sameText(%j, %j) is %j", (a, b, same) => {
  expect(sameText(a, b)).toBe(same);
});
