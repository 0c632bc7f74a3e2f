import { describe, expect, it } from "vitest";
import { outboundAllowSchema } from "./outbound";
import { defaultTeamName, teamNameSchema } from "./schema";

const issueOf = (name: string) => teamNameSchema.safeParse(name).error?.issues[0]?.message;

describe("a team name", () => {
  it.each(["acme", "a1b", "team-7", "a".repeat(63), "  acme  "])("may be %j", (name) => {
    expect(issueOf(name)).toBeUndefined();
  });

  it.each(["ab", "Acme", "-acme", "acme-", "a_b", "a.b", "ac me", "acmé", "a".repeat(64), ""])(
    "may not be %j",
    (name) => {
      expect(issueOf(name)).toBe(
        "Use 3-63 lowercase letters, numbers or hyphens; start and end with a letter or number",
      );
    },
  );

  it.each(["admin", "www", "login", "cdn-cgi"])("may not be the reserved %s", (name) => {
    expect(issueOf(name)).toBe(`${name} is reserved. Choose another name.`);
  });

  it("may not be punycode, which shows as other letters", () => {
    expect(issueOf("xn--acm-dma")).toMatch(/xn--/);
  });
});

describe("the team name that nobody chose", () => {
  it.each([
    ["https://gatehouse.acme.com", "acme"],
    ["https://acme.com", "acme"],
    ["http://localhost:3000", "team"],
    ["http://192.168.1.10:3000", "team"],
    ["https://www.admin.com", "team"],
    ["https://g.xy.com", "team"],
  ])("for %s is %s", (url, expected) => {
    expect(defaultTeamName(url)).toBe(expected);
  });
});

describe("the list of private networks", () => {
  it("keeps each entry once, in one spelling", () => {
    const entries = [" IDP.corp.example ", "idp.corp.example", "10.0.0.0/8", "[fd00::1]"];
    expect(outboundAllowSchema.safeParse({ entries }).success).toBe(false);
    expect(outboundAllowSchema.parse({ entries: entries.slice(0, 3) }).entries).toEqual([
      "idp.corp.example",
      "10.0.0.0/8",
    ]);
  });

  it.each(["10.0.0.0/33", "https://idp.example", "a b", "idp.example/path", ""])(
    "refuses %j and says which one it is",
    (entry) => {
      const { error } = outboundAllowSchema.safeParse({ entries: ["10.0.0.1", entry] });
      expect(error?.issues[0]?.path).toEqual(["entries", 1]);
    },
  );
});
