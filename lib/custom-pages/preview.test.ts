import { describe, expect, it } from "vitest";
import { TEMPLATE_CSP } from "@/lib/http/pages/block-template";
import { framedPolicy, previewPage, previewSchema } from "./preview";
import { PREVIEW_STATES } from "./preview-states";
import { DEFAULT_DESIGN } from "./schema";

const facts = { teamName: "acme", methods: [] };
const drawn = (input: object) => previewPage(previewSchema.parse(input), facts);
const draft = (design: object, state = "login", scheme = "light") =>
  drawn({ kind: "design", state, scheme, design: { ...DEFAULT_DESIGN, ...design } });

describe("a preview of the design", () => {
  it.each(PREVIEW_STATES)("draws the page of “%s” in both schemes, with no way off it", (state) => {
    for (const scheme of ["light", "dark"]) {
      const { html } = draft({ organization_name: "Acme" }, state, scheme);
      expect(html).toContain(`<html lang="en" data-scheme="${scheme}">`);
      expect(html).toContain("Acme");
      const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href);
      expect(links.filter((href) => href !== "#")).toEqual([]);
    }
  });

  it("shows the team's own login methods", () => {
    const request = previewSchema.parse({ kind: "design", state: "login", scheme: "light" });
    const methods = [{ id: "1", name: "Staff of Acme", kind: "okta", label: "Okta" }];
    expect(previewPage(request, { teamName: "acme", methods }).html).toContain("Staff of Acme");
  });

  it("leaves out what is not right yet, and keeps the rest", () => {
    const { html } = draft({
      background_color: "#12",
      header_text: "x".repeat(999),
      footer_text: "Foot",
    });
    expect(html).not.toContain("--canvas:#12");
    expect(html).not.toContain("xxx");
    expect(html).toContain("Foot");
  });
});

it("draws a template with examples for its placeholders", () => {
  const { html, csp } = drawn({ kind: "template", html: "{{email}} {{organization}}" });
  expect(html).toBe("ada@example.com acme");
  expect(csp).toBe(TEMPLATE_CSP);
});

it("script in a preview: is framed by the console alone, and has no origin", () => {
  for (const page of [draft({}), drawn({ kind: "template", html: "<script>alert(1)</script>" })]) {
    const policy = framedPolicy(page.csp);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'self'");
    expect(policy.match(/; sandbox(?:;|$)/g)).toHaveLength(1);
    expect(policy).not.toMatch(/allow-|script-src/);
  }
});
