import { describe, expect, it } from "vitest";
import { contrast, designContrast, ratioWords, readableOn } from "./contrast";

// Ratios as WCAG's own tools give them.
it.each([
  ["#000000", "#ffffff", 21],
  ["#ffffff", "#000000", 21],
  ["#777777", "#ffffff", 4.48],
  ["#767676", "#ffffff", 4.54],
  ["#ff0000", "#ffffff", 4.0],
  ["#0000ff", "#ffffff", 8.59],
  ["#595959", "#ffffff", 7.0],
  ["#123456", "#123456", 1],
])("%s on %s has a contrast of %d", (one, other, ratio) => {
  expect(contrast(one, other)).toBeCloseTo(ratio, 1);
});

it("finds text that can be read on every grey and on every hue", () => {
  const parts = ["00", "33", "66", "77", "80", "99", "cc", "ff"];
  const all = parts.flatMap((r) => parts.flatMap((g) => parts.map((b) => `#${r}${g}${b}`)));
  for (const colour of all) {
    expect(contrast(readableOn(colour), colour), colour).toBeGreaterThanOrEqual(4.5);
  }
});

describe("the contrast of a design", () => {
  it.each([
    [{ background_color: "#ffffff", text_color: "#000000" }, 21],
    [{ background_color: "#ffffff", text_color: "#eeeeee" }, 1.16],
    // Without a background of its own, the text stands on the page's light and on its dark one.
    [{ background_color: null, text_color: "#000000" }, 1.12],
    [{ background_color: null, text_color: null }, null],
    [{ background_color: "#ffffff", text_color: null }, null],
    [{ background_color: "#ff", text_color: "#000000" }, null],
    [{ background_color: "#ffffff", text_color: "red" }, null],
  ])("%j is %s", (colours, ratio) => {
    const found = designContrast(colours);
    if (ratio === null) expect(found).toBeNull();
    else expect(found).toBeCloseTo(ratio, 1);
  });
});

it("never writes a ratio as more than it is", () => {
  expect(ratioWords(4.4999)).toBe("4.49:1");
  expect(ratioWords(21)).toBe("21.00:1");
});
