import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync(new URL("./globals.css", import.meta.url), "utf8");
const LINE = /--color-([\w-]+): (?:light-dark\((#\w+), (#\w+)\)|(#\w+));/g;
const colours = new Map(
  [...css.matchAll(LINE)].map(([, name = "", light, dark, both]) => [
    name,
    { light: light ?? both ?? "", dark: dark ?? both ?? "" },
  ]),
);

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const full = hex.length === 4 ? hex.replace(/[^#]/g, "$&$&") : hex;
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(full.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string, theme: "light" | "dark"): number {
  const [x, y] = [a, b].map((name) => {
    const colour = colours.get(name);
    if (!colour) throw new Error(`no colour ${name}`);
    return luminance(colour[theme]);
  });
  const [high, low] = [Math.max(x ?? 0, y ?? 0), Math.min(x ?? 0, y ?? 0)];
  return (high + 0.05) / (low + 0.05);
}

const GROUNDS = ["canvas", "surface", "sunken"];
const HUES = ["blue", "indigo", "violet", "rose", "orange", "teal", "green", "slate"];
const TEXT = [
  ...["ink", "muted", "accent", "success", "warning", "danger", "info"].flatMap((text) =>
    GROUNDS.map((ground) => [text, ground]),
  ),
  ...["success", "warning", "danger", "info", "accent"].flatMap((tone) => [
    [tone, `${tone}-soft`],
    ["ink", `${tone}-soft`],
    ["muted", `${tone}-soft`],
  ]),
  ["on-accent", "accent"],
  ["on-accent", "accent-strong"],
  ["on-danger", "danger"],
  ["on-danger", "danger-strong"],
  ...HUES.map((hue) => ["white", `hue-${hue}`]),
];

describe.each(["light", "dark"] as const)("the %s theme", (theme) => {
  it.each(TEXT)("shows %s on %s with a contrast of 4.5 or more", (text = "", ground = "") => {
    expect(contrast(text, ground, theme)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(
    ["control", "accent", "danger"].flatMap((line) => GROUNDS.map((ground) => [line, ground])),
  )("draws the border %s on %s with a contrast of 3 or more", (line = "", ground = "") => {
    expect(contrast(line, ground, theme)).toBeGreaterThanOrEqual(3);
  });
});
