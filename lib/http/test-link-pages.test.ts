import { describe, expect, it } from "vitest";
import { failedRun, PERSON } from "@/lib/test-runs/report/run-for-tests";
import type { TestRun } from "@/lib/test-runs/schema";
import { PLAIN_POLICY } from "./pages/frame";
import { type PlainPage, plainPage } from "./plain-page";
import * as pages from "./test-link-pages";

const HOSTILE = '"><img src=x onerror=alert(1)><script>alert(2)</script>';
const same = (text: string): string => text;
const run = { ...failedRun, startedBy: HOSTILE, loginMethod: { ...failedRun.loginMethod } };
run.loginMethod.name = HOSTILE;
const { diagnosis: _, ...ended } = { ...run, diagnosis: null };
const at = new Date(Date.UTC(2026, 10, 22, 12));
const as = (state: string) => ({ ...ended, state, expiresAt: ended.finishedAt }) as TestRun;

const ALL: PlainPage[] = [
  pages.invitation({ maker: HOSTILE, provider: HOSTILE, expiresAt: at }, HOSTILE),
  pages.onTheWay(HOSTILE, `https://idp.example/auth?a=${encodeURIComponent(HOSTILE)}&b='1'`),
  pages.usedLink(),
  pages.expiredLink(),
  pages.unknownLink(),
  pages.busyLink(),
  pages.tooManyGuesses(),
  pages.postFromElsewhere(),
  pages.visitorInOtherBrowser(),
  pages.notYourResult(),
  pages.visitorResult(run, HOSTILE, same),
  ...["passed", "passed_with_warnings", "running", "waiting", "cancelled"].map((state) =>
    pages.visitorResult(as(state), HOSTILE, same),
  ),
];

describe.each(ALL)("the page “$title”", (page) => {
  const shown = plainPage({ ...page, reference: "K7Q2-M9XD" }).html;

  it("is small, and carries no script and no markup of a stranger", () => {
    expect(shown).not.toMatch(/<script|<img|<[^>]*\s(style|on\w+)=/);
    expect(Buffer.byteLength(shown)).toBeLessThan(20_480);
    expect(shown).toContain('<meta name="robots" content="noindex">');
    expect(page.why).toMatch(/\.$/);
  });

  it("leads nobody into the console", () => {
    expect(shown).not.toMatch(/settings\/|\/login/);
  });
});

it("the way to the provider needs no script: the page goes on by itself, or by its link", () => {
  const url = "https://idp.example/auth?state=s&scope=openid";
  const shown = plainPage(pages.onTheWay("authentik", url)).html;
  const escaped = url.replaceAll("&", "&amp;");
  expect(shown).toContain(`<meta http-equiv="refresh" content="0;url=${escaped}">`);
  expect(shown).toContain(`href="${escaped}"`);
});

it("only the page with the button may send a form, and only to itself", () => {
  const toItself = PLAIN_POLICY.replace("form-action 'none'", "form-action 'self'");
  expect(toItself).not.toBe(PLAIN_POLICY);
  for (const page of ALL) expect(plainPage(page).csp).toBe(page.button ? toItself : PLAIN_POLICY);
});

it("a failed run tells its cause, its fixes and two settings, and nothing about a person", () => {
  const mask = (text: string) => text.replaceAll(PERSON.name, "G…");
  const page = pages.visitorResult(failedRun, "gatehouse", mask);
  const shown = plainPage(page).html;
  expect(shown).toContain("User info is about someone else");
  expect(shown).toContain("Check the app.");
  expect(page.facts?.map(({ label }) => label)).toEqual(["App ID", "Callback URL", "Cause"]);
  for (const value of [PERSON.name, PERSON.email, PERSON.sub, ...PERSON.groups]) {
    expect(shown).not.toContain(value);
  }
});
