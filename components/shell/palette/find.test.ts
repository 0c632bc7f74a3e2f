import { describe, expect, it } from "vitest";
import { NAVIGATION } from "../navigation";
import { entriesOf } from "./entries";
import { find } from "./find";
import type { PaletteLibrary } from "./library";

const library: PaletteLibrary = {
  loginMethods: [
    { id: "1", name: "Okta", type: "Okta", testable: true },
    { id: "2", name: "Zürich staff", type: "authentik", testable: true },
    { id: "3", name: "From the future", type: "Not supported: saml", testable: false },
  ],
  connectors: [
    { kind: "okta", label: "Okta", keywords: ["workforce"] },
    { kind: "entra", label: "Microsoft Entra ID", keywords: ["Azure AD"] },
  ],
  callbackUrl: "https://acme.example.com/cdn-cgi/access/callback",
};
const entries = entriesOf(library, true);

const found = (query: string, from = entries) =>
  find(from, query, []).flatMap((section) => section.entries.map(({ label }) => label));
const first = (query: string, from = entries) => found(query, from)[0];

describe("the palette", () => {
  it.each([
    ["identity providers", "Login methods"],
    ["Integrations", "Login methods"],
    ["login methods", "Login methods"],
    ["authentication", "Login methods"],
    ["team name", "Team name"],
    ["Team domain", "Team domain"],
    ["reusable components", "Custom Pages"],
    ["team name and domain", "Custom Pages"],
    ["admin controls", "Account"],
    ["audit", "Admin log"],
    ["admin activity logs", "Admin log"],
    ["azure ad", "Add Microsoft Entra ID"],
    ["add okta", "Add Okta"],
    ["add new identity provider", "Add new login method"],
    ["test okta", "Test Okta"],
    ["zurich", "Zürich staff"],
    ["ZÜRICH", "Zürich staff"],
    ["callback", "Copy callback URL"],
    ["redirect uri", "Copy callback URL"],
    ["dark", "Switch theme to Dark"],
    ["log out", "Sign out"],
    ["results okta", "Test results of Okta"],
    ["private ip", "Private networks"],
    ["rule groups", "Access Groups"],
    ["applications", "Applications"],
    ["service tokens", "Service Auth"],
    ["users", "Users"],
    ["scim groups", "Groups"],
    ["scim log", "SCIM provisioning"],
    ["block page", "Page templates"],
    ["  okta   ", "Okta"],
  ])("finds by %j first: %s", (query, label) => expect(first(query)).toBe(label));

  it.each(["nothing like this", "\\", "%", ".*"])("promises nothing for %j", (query) =>
    expect(found(query)).toEqual([]),
  );

  it("knows every page of the sidebar", () => {
    const hrefs = entries.map(({ act }) => (act.do === "go" ? act.href : null));
    for (const { href } of NAVIGATION.flatMap(({ links }) => links)) expect(hrefs).toContain(href);
  });

  it("gives every entry an id of its own", () =>
    expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length));

  it("shows what was chosen last first, once, and forgets what is gone", () => {
    const [recent, ...rest] = find(entries, "", ["method:2", "method:deleted"]);
    expect(recent).toMatchObject({ title: "Recent", entries: [{ label: "Zürich staff" }] });
    expect(rest.flatMap((section) => section.entries.map(({ id }) => id))).not.toContain(
      "method:2",
    );
  });

  it("offers no test of a type that this version does not know", () =>
    expect(found("test from the future")).not.toContain("Test From the future"));

  it("offers a read-only admin nothing that would be refused", () => {
    const forReader = entriesOf({ ...library, connectors: [] }, false);
    expect(forReader.filter(({ label }) => /^(Add|Test) /.test(label)).map(({ id }) => id)).toEqual(
      ["results:1", "results:2", "results:3"],
    );
    expect(first("okta", forReader)).toBe("Okta");
  });

  it("has its pages before the server has answered", () =>
    expect(first("system", entriesOf(null, true))).toBe("System"));

  it("stays short, however many login methods there are", () => {
    const many = Array.from({ length: 50 }, (_, at) => ({
      id: `${at}`,
      name: `Okta ${at}`,
      type: "Okta",
      testable: true,
    }));
    const sections = find(entriesOf({ ...library, loginMethods: many }, true), "okta", []);
    for (const section of sections) expect(section.entries.length).toBeLessThanOrEqual(8);
  });
});
