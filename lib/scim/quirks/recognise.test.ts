import { describe, expect, test } from "vitest";
import type { ClientTraits } from "./quirk";
import { quirks, recogniseClient } from "./recognise";

const operations = (...ops: string[]) => ({ Operations: ops.map((op) => ({ op })) });

describe("a client", () => {
  test.each<[string, ClientTraits, string | undefined]>([
    ["Okta's User-Agent", { userAgent: "Okta SCIM Client 1.0.0" }, "okta"],
    ["authentik's", { userAgent: "authentik@2026.2.1" }, "authentik"],
    ["authentik's of old", { userAgent: "goauthentik.io/2023.10" }, "authentik"],
    ["JumpCloud's", { userAgent: "JumpCloud-SCIM/1.0" }, "jumpcloud"],
    ["OneLogin's", { userAgent: "OneLogin SCIM Provisioner" }, "onelogin"],
    ["Google's", { userAgent: "Google-Apps-Provisioning" }, "google"],
    ["Entra's", { userAgent: "Microsoft Azure AD SCIM provisioning 1.2.3" }, "entra"],
    [
      "Entra's flag in the query",
      { userAgent: null, query: "aadOptscim062020&startIndex=1" },
      "entra",
    ],
    ["Entra's operators", { userAgent: null, body: operations("Add") }, "entra"],
    ["operators of the RFC", { userAgent: null, body: operations("add") }, undefined],
    [
      "a flag that is a value of another parameter",
      { userAgent: null, query: "q=aadOptscim062020" },
      undefined,
    ],
    ["curl's", { userAgent: "curl/8.5.0" }, undefined],
    ["nothing", { userAgent: null }, undefined],
    [
      "a body of another shape",
      { userAgent: null, body: { Operations: [null, "Add", 7] } },
      undefined,
    ],
  ])("by %s", (_, traits, id) => {
    expect(recogniseClient(traits)?.id).toBe(id);
  });

  test("has a name of its own and says what it does its own way", () => {
    expect(new Set(quirks.map(({ name }) => name)).size).toBe(quirks.length);
    for (const { liberties } of quirks) expect(liberties.length).toBeGreaterThan(0);
  });
});
