import { describe, expect, it } from "vitest";
import { parseDestination } from "@/lib/applications/destination";
import { matchesGlob } from "./glob";
import { coversHost, findApplication, indexHosts } from "./host-index";
import type { GateApplication } from "./snapshot";

/** Named after its destinations. */
const application = (...destinations: string[]): GateApplication =>
  ({
    id: destinations.join(" "),
    destinations: destinations.map((text) => {
      const parsed = parseDestination(text);
      if (!parsed) throw new Error(text);
      return parsed;
    }),
  }) as unknown as GateApplication;

const found = (applications: string[], host: string, path: string): string | null => {
  const hosts = indexHosts(applications.map((text) => application(...text.split(" "))));
  return findApplication({ hosts }, host, path)?.id ?? null;
};

describe("the application that covers an address", () => {
  it.each([
    ["app.example.com", "app.example.com", "/", true],
    ["app.example.com", "app.example.com", "/deep/er", true],
    ["app.example.com", "app.example.com:8443", "/", true],
    ["app.example.com:8443", "app.example.com:8443", "/", true],
    ["app.example.com:8443", "app.example.com", "/", false],
    ["app.example.com", "other.example.com", "/", false],
    ["app.example.com", "app.example.com.evil", "/", false],
    ["app.example.com/alpha", "app.example.com", "/alpha", true],
    ["app.example.com/alpha", "app.example.com", "/alpha/one", true],
    ["app.example.com/alpha", "app.example.com", "/alphabet", false],
    ["app.example.com/alpha", "app.example.com", "/", false],
    ["app.example.com/alpha", "app.example.com", "/Alpha", true],
    ["app.example.com/Alpha/B*", "app.example.com", "/alpha/bC/d", true],
    ["app.example.com/alpha/*", "app.example.com", "/alpha", false],
    ["app.example.com/alpha/*", "app.example.com", "/alpha/one/two", true],
    ["app.example.com/al*a/x", "app.example.com", "/alpha/x/y", true],
    ["app.example.com/al*a/x", "app.example.com", "/alpha/b/cca/x", true],
    ["app.example.com/al*a/x", "app.example.com", "/alpha/y", false],
    ["*.example.com", "a.example.com", "/", true],
    ["*.example.com", "a.example.com:81", "/", true],
    ["*.example.com", "example.com", "/", false],
    ["*.example.com", "a.b.example.com", "/", false],
    ["te*st.example.com", "te-1-st.example.com", "/", true],
    ["te*st.example.com", "test.example.com", "/", true],
    ["te*st.example.com", "te.st.example.com", "/", false],
    ["*.*.example.com", "a.b.example.com", "/", true],
    ["app.*.example.com", "app.eu.example.com", "/", true],
    ["app.*.example.com", "web.eu.example.com", "/", false],
    ["*.example.com:81", "a.example.com:81", "/", true],
    ["*.example.com:81", "a.example.com", "/", false],
  ])("%s at %s%s: %s", (destination, host, path, covered) =>
    expect(found([destination], host, path)).toBe(covered ? destination : null),
  );

  it.each([
    [["*.example.com", "app.example.com"], "app.example.com", "/", "app.example.com"],
    [["*.example.com", "app.example.com/x"], "app.example.com", "/y", "*.example.com"],
    [["app.example.com", "app.example.com/x"], "app.example.com", "/x/y", "app.example.com/x"],
    [
      ["app.example.com/x", "app.example.com/x/*"],
      "app.example.com",
      "/x/y",
      "app.example.com/x/*",
    ],
    [
      ["app.example.com/*/c", "app.example.com/a/b"],
      "app.example.com",
      "/a/b/c",
      "app.example.com/a/b",
    ],
    [["app.example.com", "app.example.com:81"], "app.example.com:81", "/", "app.example.com:81"],
    [["*.example.com", "a*.example.com"], "ab.example.com", "/", "a*.example.com"],
    [["*.example.com/x", "a*.example.com"], "ab.example.com", "/x", "a*.example.com"],
  ])("of %j the most specific one at %s%s is %s", (all, host, path, wanted) => {
    expect(found(all, host, path)).toBe(wanted);
    expect(found([...all].reverse(), host, path)).toBe(wanted);
  });

  it("of two that cover it alike, the first has it", () => {
    const twins = ["app.example.com/Wiki", "app.example.com/wiki"];
    expect(found(twins, "app.example.com", "/WIKI")).toBe(twins[0]);
    expect(found(twins.reverse(), "app.example.com", "/WIKI")).toBe(twins[0]);
  });

  it("knows which hosts are covered at all", () => {
    const hosts = indexHosts([application("app.example.com/x", "*.web.example.com")]);
    expect(coversHost({ hosts }, "app.example.com:81")).toBe(true);
    expect(coversHost({ hosts }, "a.web.example.com")).toBe(true);
    expect(coversHost({ hosts }, "web.example.com")).toBe(false);
  });

  it("takes a path made to be slow in its stride", () => {
    const pattern = `app.example.com/${"a*/".repeat(20)}z`;
    expect(found([pattern], "app.example.com", `/${"a/".repeat(4000)}y`)).toBeNull();
  });
});

it.each([
  ["", "", true],
  ["*", "", true],
  ["a*", "b", false],
  ["*a", "banana", true],
  ["a*b*c", "aXbYc", true],
  ["a*b*c", "aXcYb", false],
  ["**", "x", true],
])("glob %j of %j: %s", (pattern, text, fits) => expect(matchesGlob(pattern, text)).toBe(fits));
