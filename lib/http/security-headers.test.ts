import { describe, expect, it } from "vitest";
import { contentSecurityPolicy, securityHeaders } from "./security-headers";

const directives = (policy: string) =>
  Object.fromEntries(
    policy.split("; ").map((directive) => {
      const [name = "", ...values] = directive.split(" ");
      return [name, values];
    }),
  );

describe("contentSecurityPolicy", () => {
  const production = directives(contentSecurityPolicy({ nonce: "bm9uY2U=" }));

  it("runs no script and no style without the nonce", () => {
    for (const name of ["script-src", "style-src"]) {
      expect(production[name]).toContain("'nonce-bm9uY2U='");
      expect(production[name]).not.toContain("'unsafe-inline'");
      expect(production[name]).not.toContain("'unsafe-eval'");
    }
  });

  it("loads nothing from another origin", () => {
    const sources = Object.values(production).flat();
    expect(sources.filter((source) => !/^'[^']+'$/.test(source))).toEqual(["data:"]);
    expect(production["img-src"]).toContain("data:");
  });

  it.each([
    ["clickjacking", "frame-ancestors"],
    ["a planted <base>", "base-uri"],
    ["a planted <object>", "object-src"],
    ["a planted frame", "frame-src"],
  ])("refuses %s", (_, name) => {
    expect(production[name]).toEqual(["'none'"]);
  });

  it("frames nothing but the one address that it is given", () => {
    const frame = "https://console.example/preview";
    const framing = directives(contentSecurityPolicy({ nonce: "bm9uY2U=", frame }));
    expect(framing["frame-src"]).toEqual([frame]);
    expect({ ...framing, "frame-src": ["'none'"] }).toEqual(production);
  });

  it("keeps a planted form from posting a password elsewhere", () => {
    expect(production["form-action"]).toEqual(["'self'"]);
  });

  it("loosens nothing outside `next dev`", () => {
    const dev = directives(contentSecurityPolicy({ nonce: "bm9uY2U=", dev: true }));
    expect(dev["script-src"]).toContain("'unsafe-eval'");
    expect(production["connect-src"]).toEqual(["'self'"]);
  });
});

describe("securityHeaders", () => {
  it("asks browsers to insist on https only where the console has it", () => {
    expect(securityHeaders({ https: true })).toHaveProperty("Strict-Transport-Security");
    expect(securityHeaders({ https: false })).not.toHaveProperty("Strict-Transport-Security");
  });
});
