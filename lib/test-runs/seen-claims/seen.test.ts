import { describe, expect, it } from "vitest";
import type { Identity } from "@/lib/oidc/schema";
import { MOST_SEEN, seenIn } from "./seen";

const identity: Identity = {
  sub: { value: "1", source: "id_token", claim: "sub" },
  email: { value: "ada@example.com", source: "id_token", claim: "email" },
  name: null,
  groups: { value: ["a"], source: "groups_api", claim: "groups" },
  amr: null,
  custom: [{ name: "org.unit", source: "user_info", value: ["secret value"], values: [] }],
  missing: [{ name: "absent", reason: "It did not come." }],
  unsaved: [{ name: "roles.name", source: "id_token", type: "list", values: [] }],
};
const sets = (idTokenPayload: Record<string, unknown>, userInfo = {}) => ({
  idTokenHeader: null,
  idTokenPayload,
  userInfo,
  oidcFields: {},
});

describe("claims that are remembered", () => {
  it("have a name or path, a type and a source, and never a value", () => {
    const claims = sets(
      { sub: "1", iss: "x", dept: "Engineering", manager: null },
      { shoe: 42, dept: ["later"] },
    );
    const seen = seenIn({ identity, claims });
    expect(seen).toEqual([
      { name: "groups", type: "list", source: "groups_api" },
      { name: "dept", type: "text", source: "id_token" },
      { name: "shoe", type: "number", source: "user_info" },
      { name: "org.unit", type: "list", source: "user_info" },
      { name: "roles.name", type: "list", source: "id_token" },
    ]);
    expect(JSON.stringify(seen)).not.toMatch(/Engineering|secret value|42/);
  });

  it("are at most five hundred, with names of a length that can be saved", () => {
    const many = Object.fromEntries(
      Array.from({ length: 700 }, (_, at) => [`claim-${at}`, at] as const),
    );
    const seen = seenIn({ identity: null, claims: sets({ ["n".repeat(300)]: 1, "": 2, ...many }) });
    expect(seen).toHaveLength(MOST_SEEN);
    expect(seen[0]?.name).toBe("claim-0");
  });

  it("are none where none came", () => {
    expect(seenIn({ identity: null, claims: null })).toEqual([]);
  });
});
