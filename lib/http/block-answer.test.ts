import { describe, expect, it } from "vitest";
import { applicationSettingsSchema } from "@/lib/applications/schema";
import { loginDesignSchema } from "@/lib/custom-pages/schema";
import { type Blocked, blockAnswer } from "./block-answer";
import { TEMPLATE_CSP } from "./pages/block-template";

const OWN = "6f1e4b1e-6c0a-4b57-9d6f-0a1b2c3d4e5f";

const blocked = (
  settings: Partial<ReturnType<typeof applicationSettingsSchema.parse>> = {},
  over: Partial<Blocked> = {},
): Blocked => ({
  design: loginDesignSchema.parse({}),
  teamName: "acme",
  reason: "identity",
  application: {
    name: "Wiki",
    settings: { ...applicationSettingsSchema.parse({}), ...settings },
  },
  email: "eve@example.com",
  host: "wiki.example.com",
  reference: "ABCD-2345",
  templates: new Map([[OWN, "<h1>{{application}}: {{email}} {{reference}}</h1>"]]),
  ...over,
});

const htmlOf = (answer: ReturnType<typeof blockAnswer>): string =>
  "html" in answer ? answer.html : "";

describe("what somebody gets who does not get in", () => {
  it("is a page with the reason, the application, the account and the reference", () => {
    const html = htmlOf(blockAnswer(blocked({ custom_deny_message: "Ask Bob <bob>" })));
    for (const text of ["Wiki", "eve@example.com", "ABCD-2345", "Ask Bob &lt;bob&gt;"]) {
      expect(html).toContain(text);
    }
  });

  it("is the application's own address, one for each kind of refusal", () => {
    const urls = {
      custom_deny_url: "https://help.example.com/who",
      custom_non_identity_deny_url: "https://help.example.com/where",
    };
    expect(blockAnswer(blocked(urls))).toEqual({ location: urls.custom_deny_url });
    expect(blockAnswer(blocked(urls, { reason: "other" }))).toEqual({
      location: urls.custom_non_identity_deny_url,
    });
  });

  it("is the page at that very address, which would lead to itself (redirect loop)", () => {
    const own = { custom_deny_url: "https://wiki.example.com/denied?from=wiki" };
    for (const path of ["/denied", "/denied?x=1"]) {
      expect(htmlOf(blockAnswer(blocked(own, { path })))).toContain("does not have access");
    }
    expect(blockAnswer(blocked(own, { path: "/" }))).toEqual({ location: own.custom_deny_url });
    const elsewhere = blocked(own, { path: "/denied", host: "blog.example.com" });
    expect(blockAnswer(elsewhere)).toEqual({ location: own.custom_deny_url });
  });

  it("is the application's own page, in an origin of its own", () => {
    const answer = blockAnswer(blocked({ identity_denied_template: OWN }));
    expect(answer).toEqual({
      html: "<h1>Wiki: eve@example.com ABCD-2345</h1>",
      csp: TEMPLATE_CSP,
    });
    const other = blockAnswer(blocked({ forbidden_template: OWN }, { reason: "other" }));
    expect(htmlOf(other)).toContain("<h1>Wiki:");
  });

  it("is the page of every application when the own page was deleted, or is for another kind", () => {
    const gone = blocked({ identity_denied_template: OWN }, { templates: new Map() });
    expect(htmlOf(blockAnswer(gone))).toContain("That account does not have access");
    expect(htmlOf(blockAnswer(blocked({ forbidden_template: OWN })))).toContain(
      "That account does not have access",
    );
  });

  it("is the page of every application for what no policy refused", () => {
    const own = {
      custom_deny_url: "https://help.example.com/",
      custom_non_identity_deny_url: "https://help.example.com/",
      identity_denied_template: OWN,
      forbidden_template: OWN,
    };
    for (const reason of ["application_disabled", "user_disabled", "unavailable"] as const) {
      const answer = blockAnswer(blocked(own, { reason }));
      expect(answer).not.toHaveProperty("location");
      expect(htmlOf(answer)).not.toContain("<h1>Wiki");
    }
    expect(
      htmlOf(blockAnswer(blocked(own, { application: null, reason: "unknown_host" }))),
    ).toMatch(/Nothing is set up/);
  });
});
