import { describe, expect, it } from "vitest";
import { blockTemplate, TEMPLATE_CSP, unknownPlaceholders } from "./block-template";

const facts = {
  application: "Wiki",
  email: "ada@example.com",
  reference: "K7Q2-M9XD",
  host: "wiki.example.com",
  organization: "Acme",
  message: "Ask the help desk.",
};

describe("an admin's own block page", () => {
  it("has its placeholders filled in, with or without spaces, each time they occur", () => {
    const { html } = blockTemplate("{{application}} {{ email }} {{application}}", facts);
    expect(html).toBe("Wiki ada@example.com Wiki");
  });

  it("keeps what is no placeholder as it is", () => {
    const text = "{{unknown}} {{constructor}} {{ __proto__ }} {email} {{EMAIL}} $& $1";
    expect(blockTemplate(text, facts).html).toBe(text);
    expect(unknownPlaceholders(text)).toEqual(["unknown", "constructor", "__proto__"]);
  });

  it("markup injection: what a person chose stays text, in attributes too", () => {
    const email = `"><script>alert(1)</script>' onmouseover=x \`{{host}}$&`;
    const { html } = blockTemplate(`<p title="{{email}}">{{email}}</p>`, { ...facts, email });
    expect(html.replaceAll("<p title=", "").replaceAll("</p>", "")).not.toMatch(
      /[<'`]|onmouseover=/,
    );
    // A value is never read for placeholders again.
    expect(html).not.toContain("wiki.example.com");
  });

  it("script on the application's origin: gets an origin of its own and can run, send and load nothing", () => {
    const { csp } = blockTemplate("<script>alert(document.cookie)</script>", facts);
    expect(csp).toBe(TEMPLATE_CSP);
    const directives = Object.fromEntries(
      csp.split("; ").map((one) => [one.split(" ")[0], one.split(" ").slice(1).join(" ")]),
    );
    expect(directives).toEqual({
      "default-src": "'none'",
      "style-src": "'unsafe-inline'",
      "img-src": "data:",
      "form-action": "'none'",
      "frame-ancestors": "'none'",
      "base-uri": "'none'",
      sandbox: "",
    });
  });
});
