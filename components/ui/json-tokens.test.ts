import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonTokens } from "./json-tokens";

const kinds = (value: unknown) =>
  jsonTokens(JSON.stringify(value))
    .filter(({ kind }) => kind !== "plain")
    .map(({ kind, text }) => [kind, text]);

describe("jsonTokens", () => {
  it("tells keys, strings, numbers and words apart", () => {
    expect(kinds({ a: "x", b: [-1.5e3, true, null] })).toEqual([
      ["key", '"a":'],
      ["string", '"x"'],
      ["key", '"b":'],
      ["number", "-1500"],
      ["word", "true"],
      ["word", "null"],
    ]);
  });

  it("is not fooled by quotes, colons and words inside a string", () => {
    const text = 'true "x": 12 \\';
    expect(kinds([text])).toEqual([["string", JSON.stringify(text)]]);
  });

  it("loses nothing of any JSON", () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        expect(
          jsonTokens(json)
            .map(({ text }) => text)
            .join(""),
        ).toBe(json);
      }),
    );
  });
});
