import { describe, expect, it } from "vitest";
import { allConnectors } from "@/lib/connectors";
import { bestOf, search } from "./card-search";
import { cardGroups } from "./connector-cards";

const groups = cardGroups();
const labels = (query: string) =>
  search(groups, query).flatMap(({ cards }) => cards.map(({ label }) => label));
const best = (query: string) => bestOf(search(groups, query), query)?.label;

describe("the chooser of types", () => {
  it("shows every connector once, the recommended ones first", () => {
    expect(labels("")).toEqual(allConnectors.map(({ label }) => label));
    expect(groups[0]?.cards.slice(0, 3).map(({ label }) => label)).toEqual([
      "OpenID Connect",
      "Okta",
      "authentik",
    ]);
  });

  it.each(allConnectors.map(({ label, kind, type }) => [label, kind, type]))(
    "finds %s by its name, in any case, and by Cloudflare's name for it",
    (label, _kind, type) => {
      expect(best(label)).toBe(label);
      expect(best(` ${label.toUpperCase()} `)).toBe(label);
      expect(labels(type)).toContain(label);
    },
  );

  it.each([
    ["Azure AD", "Microsoft Entra ID"],
    ["azuread", "Microsoft Entra ID"],
    ["G Suite", "Google Workspace"],
    ["open-id connect", "OpenID Connect"],
    ["generic oidc", "OpenID Connect"],
    ["ping identity", "PingOne"],
    ["one login", "OneLogin"],
    ["oauth 2.0", "GitHub"],
    ["okta", "Okta"],
    ["google", "Google"],
  ])("by %j, Enter opens %s", (query, label) => expect(best(query)).toBe(label));

  it.each(["saml", "nobody has this", "...", "okta google"])("finds nothing by %j", (query) =>
    expect(labels(query)).toEqual([]),
  );
});
