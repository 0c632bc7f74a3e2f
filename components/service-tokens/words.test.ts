import { describe, expect, it } from "vitest";
import type { ServiceToken } from "@/lib/service-tokens/schema";
import { headerLines, stateOf } from "./words";

const NOW = Date.parse("2026-06-01T00:00:00Z");
const token = (changes: Partial<ServiceToken>) =>
  ({ enabled: true, expiresAt: null, ...changes }) as ServiceToken;

describe("the state of a service token", () => {
  it.each([
    ["enabled", token({})],
    ["enabled", token({ expiresAt: "2026-12-01T00:00:00Z" })],
    ["expiring", token({ expiresAt: "2026-06-20T00:00:00Z" })],
    ["expired", token({ expiresAt: "2026-05-31T00:00:00Z" })],
    ["expired", token({ expiresAt: "2026-06-01T00:00:00Z" })],
    ["disabled", token({ enabled: false, expiresAt: "2026-05-31T00:00:00Z" })],
  ])("%s", (state, one) => expect(stateOf(one, NOW)).toBe(state));

  it("is used by two headers", () => {
    expect(headerLines({ clientId: "a.access", clientSecret: "b" })).toBe(
      "CF-Access-Client-Id: a.access\nCF-Access-Client-Secret: b",
    );
  });
});
