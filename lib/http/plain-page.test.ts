import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import * as explain from "./explanations";
import { PLAIN_POLICY } from "./pages/frame";
import { type PlainPage, plainPage } from "./plain-page";
import { queryProblem, quotable } from "./query";

const HOSTILE = '"><img src=x onerror=alert(1)><script>alert(2)</script>';

const pages: PlainPage[] = [
  explain.trailingSlash("https://gate.example/cdn-cgi/access/callback"),
  explain.formPost(),
  explain.wrongMethod(HOSTILE),
  explain.badQuery({ kind: "duplicate", name: HOSTILE }),
  explain.badQuery({ kind: "too_large" }),
  explain.openedByHand(),
  explain.missingState(),
  explain.unverifiedProviderError(HOSTILE, HOSTILE),
  explain.unknownState(),
  explain.otherBrowser(),
  explain.unknownTicket(),
  explain.notFound(),
  explain.broken(),
  explain.unavailable(),
];

describe.each(pages)("the page “$title”", (page) => {
  const shown = plainPage({ ...page, reference: "K7Q2-M9XD" }).html;

  it("says what is wrong, why and what to do, with a reference", () => {
    expect(shown).toContain("<h1>");
    expect(page.why).toMatch(/\.$/);
    expect(page.fixes.length).toBeGreaterThan(0);
    expect(shown).toContain("K7Q2-M9XD");
  });

  it("carries no script and no markup of a stranger, and is small", () => {
    expect(shown).not.toMatch(/<script|<img|<[^>]*\s(style|on\w+)=/);
    expect(Buffer.byteLength(shown)).toBeLessThan(20_480);
  });
});

it("allows exactly the one style sheet that the page has", () => {
  const { html, csp } = plainPage(explain.notFound());
  const style = /<style>([\s\S]*)<\/style>/.exec(html)?.[1] ?? "";
  const hash = createHash("sha256").update(style).digest("base64");
  expect(csp).toContain(`'sha256-${hash}'`);
  expect(csp).toBe(PLAIN_POLICY);
});

describe("a query", () => {
  it.each([
    ["code=a&state=b&iss=c", null],
    ["code=a&code=b&state=c", null],
    ["ticket=a&ticket=b", { kind: "duplicate", name: "ticket" }],
    ["", null],
    ["state=a&code=b&state=c", { kind: "duplicate", name: "state" }],
    ["%73tate=a&state=b", { kind: "duplicate", name: "state" }],
    [Array.from({ length: 33 }, (_, index) => `p${index}=1`).join("&"), { kind: "too_large" }],
    [`code=${"a".repeat(8193)}`, { kind: "too_large" }],
    [`${"n".repeat(129)}=1`, { kind: "too_large" }],
  ])("%.40s is judged %j", (text, expected) => {
    expect(queryProblem(new URLSearchParams(text))).toEqual(expected);
  });
});

it("quotes a stranger's text on one line, without control or direction characters, bounded", () => {
  expect(quotable("a\r\nb\u202Ec\u0000d\u2028e")).toBe("a b c d e");
  expect(quotable("x".repeat(500), 10)).toBe("xxxxxxxxxx…");
});
