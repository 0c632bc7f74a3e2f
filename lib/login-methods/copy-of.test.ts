import { describe, expect, it } from "vitest";
import { connectorFor } from "@/lib/connectors";
import { copyName, copyOf } from "./copy-of";
import { nameSchema, scimSchema } from "./schema";

describe("the name of a copy", () => {
  it.each([
    ["Okta", [], "Okta (copy)"],
    ["Okta", ["Okta", "okta (COPY)"], "Okta (copy 2)"],
    ["Okta (copy)", ["Okta (copy)"], "Okta (copy 2)"],
    ["Okta (copy 2)", ["Okta (copy)", "Okta (copy 2)"], "Okta (copy 3)"],
    ["a".repeat(100), [], `${"a".repeat(93)} (copy)`],
    ["🏰".repeat(50), [], `${"🏰".repeat(46)} (copy)`],
  ])("of %j is free and short enough", (name, taken, copy) => {
    expect(copyName(name, taken)).toBe(copy);
    expect(nameSchema.parse(copyName(name, taken))).toBe(copy);
  });
});

it("a copy has the settings and no secret, and says which to enter", () => {
  const stored = { setAt: "", setBy: "" };
  const copy = copyOf(
    {
      name: "Okta",
      config: { client_id: "app", api_token: "Pl4nted", stray: "from another version" },
      secrets: { client_secret: stored, api_token: stored },
      scim: scimSchema.parse({ enabled: true }),
    },
    connectorFor("okta"),
    ["Okta"],
  );
  expect(copy).toEqual({
    of: "Okta",
    name: "Okta (copy)",
    config: { client_id: "app" },
    scim: expect.objectContaining({ enabled: true }),
    secretsToEnter: ["Client secret", "API token"],
  });
});
