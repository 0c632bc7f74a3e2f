import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { loginDesignSchema } from "@/lib/custom-pages/schema";
import { handoffSpent } from "../login-words";
import { plainPage } from "../plain-page";
import { type BlockPage, blockPage } from "./block-page";
import { BLOCK_REASONS } from "./block-reasons";
import type { PeoplePage } from "./frame";
import { launcherPage } from "./launcher-page";
import { type LoginPage, loginPage } from "./login-page";
import { LOGO_PATH } from "./safe";

const HOSTILE = `"><img src=x onerror=alert(1)><script>alert('2')</script>{{`;
const PNG = `${LOGO_PATH}${"p".repeat(43)}`;
const SVG = `${LOGO_PATH}${"s".repeat(43)}`;
const plain = loginDesignSchema.parse({});
const hostile = {
  ...loginDesignSchema.parse({
    organization_name: HOSTILE,
    header_text: HOSTILE,
    footer_text: HOSTILE,
    background_color: "#0b5f69",
  }),
  logo: SVG,
};
const around = { design: plain, teamName: "acme" };
const method = (name: string, href = "/cdn-cgi/access/login/x/1") => ({
  id: "1",
  name,
  kind: "oidc",
  href,
  label: "OpenID Connect",
});

const login = (changes: Partial<LoginPage> = {}): PeoplePage =>
  loginPage({
    ...around,
    application: { name: "Wiki", host: "wiki.example.com", logo: null },
    methods: [method("Staff")],
    ...changes,
  });
const block = (changes: Partial<BlockPage> = {}): PeoplePage =>
  blockPage({
    ...around,
    reason: "identity",
    application: { name: "Wiki" },
    reference: "K7Q2-M9XD",
    ...changes,
  });

const pages: [string, PeoplePage][] = [
  ["login", login()],
  [
    "login, hostile",
    login({
      design: hostile,
      teamName: HOSTILE,
      application: { name: HOSTILE, host: HOSTILE, logo: PNG },
      methods: [{ ...method(HOSTILE), label: HOSTILE }, method("x", `/a"${HOSTILE}`)],
      message: { tone: "error", text: HOSTILE },
    }),
  ],
  ["login, nothing to choose", login({ methods: [] })],
  ["login, to the team itself", login({ application: null })],
  ...BLOCK_REASONS.map((reason): [string, PeoplePage] => [
    `block, ${reason}`,
    block({
      design: hostile,
      reason,
      application: { name: HOSTILE },
      email: HOSTILE,
      host: HOSTILE,
      message: HOSTILE,
      reference: HOSTILE,
      switchAccountHref: `/x?y=${HOSTILE}`,
      homeHref: HOSTILE,
      signOutHref: HOSTILE,
    }),
  ]),
  [
    "launcher",
    launcherPage({
      design: hostile,
      teamName: "acme",
      person: { name: HOSTILE, email: HOSTILE },
      applications: [
        { name: HOSTILE, href: "https://a.example/", host: HOSTILE, logo: SVG },
        { name: "B", href: "https://b.example/", host: "b.example", logo: HOSTILE },
      ],
      signOutHref: "/cdn-cgi/access/logout",
    }),
  ],
  [
    "launcher, empty",
    launcherPage({
      ...around,
      person: { name: null, email: "ada@example.com" },
      applications: [],
      signOutHref: "/cdn-cgi/access/logout",
    }),
  ],
];

describe.each(pages)("the page of %s", (_name, { html, csp }) => {
  it("is small and complete, and is kept out of search engines", () => {
    expect(Buffer.byteLength(html)).toBeLessThanOrEqual(20_480);
    for (const part of ['<html lang="en">', "<title>", "<main>", "noindex", "width=device-width"]) {
      expect(html).toContain(part);
    }
    expect(html.match(/<h1/g)).toHaveLength(1);
  });

  it("markup injection: names, addresses and an admin's texts stay text", () => {
    expect(html.replace(/="[^"]*"/g, "")).not.toMatch(
      /<script|onerror=alert\(1\)>|<[^>]*\s(style|on\w+)=/,
    );
    // Every image is our own.
    for (const [, source] of html.matchAll(/<img[^>]*\ssrc="([^"]*)"/g)) {
      expect(source).toMatch(/^\/cdn-cgi\/access\/logo\/[sp]{43}$/);
    }
  });

  it("allows exactly its own style sheets, and nothing else", () => {
    const sheets = [...html.matchAll(/<style>([\s\S]*?)<\/style>/g)].map(
      ([, sheet = ""]) => `'sha256-${createHash("sha256").update(sheet).digest("base64")}'`,
    );
    expect(csp).toBe(
      `default-src 'none'; style-src ${sheets.join(" ")}; img-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'`,
    );
  });
});

describe("links", () => {
  it.each([
    ["javascript:alert(1)"],
    [" javascript:alert(1)"],
    ["JAVASCRIPT:alert(1)"],
    ["data:text/html,x"],
    ["//evil.example/"],
    ["/\\evil.example/"],
    ["/\t/evil.example/"],
    ["vbscript:x"],
    [""],
  ])("script in an address: %j is no link", (href) => {
    const shown = [
      login({ methods: [method("Staff", href), method("Other")] }),
      block({
        ...{ switchAccountHref: href, homeHref: href, signOutHref: href },
        design: { ...plain, contact: href },
      }),
      launcherPage({
        ...around,
        person: { name: null, email: "a@b.c" },
        applications: [{ name: "A", href, host: "a", logo: null }],
        signOutHref: href,
      }),
    ];
    const links = shown.flatMap(({ html }) => [...html.matchAll(/href="([^"]*)"/g)]);
    expect(links.map(([, to]) => to)).toEqual(["/cdn-cgi/access/login/x/1"]);
  });

  it("lead where the login method's round trip begins, query and all", () => {
    const { html } = login({ methods: [method("Staff", "/cdn-cgi/access/login/x/1?a=1&b=2")] });
    expect(html).toContain('href="/cdn-cgi/access/login/x/1?a=1&amp;b=2"');
    expect(html).toContain("Continue with Staff");
  });
});

describe("an admin's design", () => {
  const styled = (design: object) => login({ design: { ...plain, ...design } }).html;

  it("gives a background the text that can be read on it", () => {
    expect(styled({ background_color: "#101010" })).toContain(
      ":root{--canvas:#101010;--on-canvas:#ffffff}",
    );
    expect(styled({ background_color: "#fefefe" })).toContain("--on-canvas:#000000");
    expect(styled({ background_color: "#ffffff", text_color: "#0b5f69" })).toContain(
      ":root{--canvas:#ffffff;--on-canvas:#0b5f69}",
    );
  });

  it.each([
    "#fff;}body{display:none",
    "red",
    "#12345",
    "</style><script>alert(1)</script>",
    "#123456\n}",
  ])("style injection: the colour %j from the database never reaches the sheet", (colour) => {
    const html = styled({ background_color: colour, text_color: colour });
    expect(html.match(/<style>/g)).toHaveLength(1);
    expect(html).not.toContain(colour);
  });

  it.each([
    "https://evil.example/pixel.png",
    "data:text/html;base64,eA==",
    "data:image/png,x",
    `/${LOGO_PATH}${"p".repeat(43)}`,
    `${LOGO_PATH}../logout`,
  ])("an image from elsewhere: the logo %s is not shown", (logo) =>
    expect(styled({ logo })).not.toContain("<img"),
  );

  it("names the team where no organization has a name", () => {
    expect(login().html).toContain("<title>Sign in to Wiki · acme</title>");
    expect(styled({ organization_name: "Acme GmbH" })).toContain("Sign in to Wiki · Acme GmbH");
  });
});

it("says whom to ask when there is no way to sign in", () => {
  const { html } = login({ methods: [] });
  expect(html).toContain("no login method is open for it");
  expect(html).toContain("Ask the people who run acme");
  expect(html).not.toContain('class="choice"');
});

it.each([
  ["help@acme.example", "mailto:help@acme.example?subject=Reference%20K7Q2-M9XD"],
  ["https://help.acme.example/it?a=1", "https://help.acme.example/it?a=1"],
  ["", null],
])("leads whoever does not get in to the contact %j, with the reference", (contact, href) => {
  const design = { ...plain, contact };
  const pages = [
    block({ design }),
    plainPage({ ...handoffSpent(), reference: "K7Q2-M9XD" }, { ...around, design }),
  ];
  for (const { html } of pages) {
    if (href) expect(html).toContain(`<dt>Contact</dt><dd><a href="${href}">${contact}</a></dd>`);
    else expect(html).not.toContain("Contact");
  }
  expect(login({ design }).html).not.toContain("Contact");
});

it("offers another account only where there is one to leave", () => {
  expect(block().html).not.toContain("Sign in with another account");
  expect(block({ switchAccountHref: "/cdn-cgi/access/logout" }).html).toContain(
    '<a class="button" href="/cdn-cgi/access/logout">Sign in with another account</a>',
  );
  expect(block({ signOutHref: "/cdn-cgi/access/logout" }).html).toContain(
    '<a class="button" href="/cdn-cgi/access/logout">Sign out</a>',
  );
});
