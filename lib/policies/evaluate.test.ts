import { describe, expect, it } from "vitest";
import type { PersonIdentity } from "@/lib/users/schema";
import { compilePolicies, type PolicySource } from "./compile";
import type { PolicyContext } from "./context";
import { evaluate } from "./evaluate";
import type { Rule } from "./rules";
import type { Decision, RuleSets } from "./schema";

const METHOD = "00000000-0000-4000-8000-000000000001";
const OTHER_METHOD = "00000000-0000-4000-8000-000000000002";
const GROUP = "00000000-0000-4000-8000-00000000000a";
const EVALUATOR = "https://judge.example/evaluate";

const everyone: Rule = { everyone: {} };
const email = (address: string): Rule => ({ email: { email: address } });
const domain = (name: string): Rule => ({ email_domain: { domain: name } });
const ip = (network: string): Rule => ({ ip: { ip: network } });
const country = (code: string): Rule => ({ geo: { country_code: code } });
const group: Rule = { group: { id: GROUP } };
const anyToken: Rule = { any_valid_service_token: {} };
const external: Rule = {
  external_evaluation: { evaluate_url: EVALUATOR, keys_url: "https://judge.example/keys" },
};
const claim = (name: string, value: string, method = METHOD): Rule => ({
  oidc: { identity_provider_id: method, claim_name: name, claim_value: value },
});

const ada: PersonIdentity = {
  email: "Ada@Example.com",
  name: "Ada",
  issuer: "https://idp.example",
  subject: "1",
  loginMethod: { id: METHOD, name: "Practice", kind: "oidc" },
  groups: ["admins"],
  amr: ["mfa"],
  claims: [
    {
      name: "realm_access",
      value: { roles: ["editor"] },
      values: [{ path: "roles", value: "editor" }],
    },
    {
      name: "https://x.example/teams",
      value: ["red", "blue"],
      values: [
        { path: "", value: "red" },
        { path: "", value: "blue" },
      ],
    },
  ],
};

const context = (given: Partial<PolicyContext> = {}): PolicyContext => ({
  person: ada,
  serviceTokenId: null,
  ip: "192.0.2.7",
  country: "NZ",
  external: {},
  ...given,
});

let made = 0;
function policy(decision: Decision, include: Rule[], more: Partial<RuleSets> = {}): PolicySource {
  made += 1;
  const sets = { include, require: [], exclude: [], ...more };
  return { id: `policy-${made}`, name: `Policy ${made}`, decision, sessionDuration: null, ...sets };
}

function outcome(
  policies: PolicySource[],
  given: Partial<PolicyContext> = {},
  groups: [string, RuleSets][] = [],
): string {
  return evaluate(compilePolicies(policies, new Map(groups)), context(given)).outcome;
}

const allowing = (rule: Rule, person: PersonIdentity = ada) =>
  outcome([policy("allow", [rule])], { person });

describe("a rule", () => {
  it.each<[string, Rule, "allow" | "no_match"]>([
    ["an email in other case", email("ada@example.COM"), "allow"],
    ["another email", email("ada@example.org"), "no_match"],
    ["the email's domain", domain("example.com"), "allow"],
    ["a domain that only ends alike", domain("ample.com"), "no_match"],
    ["a parent domain", domain("com.example"), "no_match"],
    ["an address in the range", ip("192.0.2.0/24"), "allow"],
    ["an address outside it", ip("198.51.100.0/24"), "no_match"],
    ["the country", country("NZ"), "allow"],
    ["a nested claim by its path", claim("realm_access.roles", "editor"), "allow"],
    [
      "one value of a list, behind a name like a URL",
      claim("https://x.example/teams", "blue"),
      "allow",
    ],
    ["part of a value", claim("https://x.example/teams", "blu"), "no_match"],
    ["groups in any case of the claim's name", claim("Groups", "admins"), "allow"],
    ["the same claim of another login method", claim("groups", "admins", OTHER_METHOD), "no_match"],
    ["an authentication method", { auth_method: { auth_method: "mfa" } }, "allow"],
    ["a login method", { login_method: { id: OTHER_METHOD } }, "no_match"],
    ["a service token, of a person", anyToken, "no_match"],
  ])("about %s", (_, rule, expected) => {
    expect(allowing(rule)).toBe(expected);
  });

  it.each([
    "ada@evil.example@example.com",
    "ada@example.com\u200b",
    "example.com",
    "a b@example.com",
  ])("of a domain never takes the odd address %j (e-mail parsing)", (address) => {
    expect(allowing(domain("example.com"), { ...ada, email: address })).toBe("no_match");
  });
});

describe("the order of policies", () => {
  const bypass = () => policy("bypass", [ip("192.0.2.0/24")]);
  it.each<[string, PolicySource[], string]>([
    ["no policy lets nobody in", [], "no_match"],
    ["Bypass goes before an earlier Block", [policy("deny", [everyone]), bypass()], "bypass"],
    [
      "the first of Allow and Block decides",
      [policy("allow", [everyone]), policy("deny", [everyone])],
      "allow",
    ],
    ["so does a Block in front", [policy("deny", [everyone]), policy("allow", [everyone])], "deny"],
    [
      "require is AND",
      [policy("allow", [everyone], { require: [country("NZ"), country("PT")] })],
      "no_match",
    ],
    [
      "exclude wins over include",
      [policy("allow", [everyone], { exclude: [email("ada@example.com")] })],
      "no_match",
    ],
  ])("%s", (_, policies, expected) => {
    expect(outcome(policies)).toBe(expected);
  });

  it("asks to sign in only where it can help", () => {
    expect(outcome([policy("allow", [domain("example.com")])], { person: null })).toBe("sign_in");
    expect(outcome([policy("allow", [everyone])], { person: null })).toBe("sign_in");
    const elsewhere = policy("allow", [everyone], { require: [country("PT")] });
    expect(outcome([elsewhere], { person: null })).toBe("no_match");
    expect(
      outcome([policy("deny", [country("NZ")]), policy("allow", [everyone])], { person: null }),
    ).toBe("deny");
  });

  it("lets a service token in by Service Auth alone", () => {
    const program = { person: null, serviceTokenId: "t" };
    expect(outcome([policy("non_identity", [anyToken])], program)).toBe("service_auth");
    expect(outcome([policy("allow", [anyToken])], program)).toBe("sign_in");
  });
});

describe("what cannot be evaluated lets nobody in", () => {
  const broken = { nonsense: {} } as unknown as Rule;
  it.each<[string, PolicySource[], string]>([
    ["in include", [policy("allow", [broken])], "no_match"],
    ["in require", [policy("allow", [everyone], { require: [broken] })], "no_match"],
    ["in exclude", [policy("allow", [everyone], { exclude: [broken] })], "no_match"],
    ["in a Block", [policy("deny", [broken]), policy("allow", [everyone])], "deny"],
    [
      "as what a Block leaves out",
      [policy("deny", [everyone], { exclude: [broken] }), policy("allow", [everyone])],
      "deny",
    ],
    [
      "as a rule group that is gone",
      [policy("allow", [everyone], { exclude: [group] })],
      "no_match",
    ],
    ["as a claim in a Bypass", [policy("bypass", [email("ada@example.com")])], "no_match"],
  ])("%s", (_, policies, expected) => {
    expect(outcome(policies)).toBe(expected);
  });

  it("as rule groups that name each other", () => {
    const cycle: RuleSets = { include: [everyone, group], require: [], exclude: [] };
    expect(outcome([policy("allow", [group])], {}, [[GROUP, cycle]])).toBe("no_match");
    expect(outcome([policy("allow", [everyone], { exclude: [group] })], {}, [[GROUP, cycle]])).toBe(
      "no_match",
    );
  });
});

describe("rule groups and external evaluations", () => {
  const admins: RuleSets = { include: [claim("groups", "admins")], require: [], exclude: [] };
  it("judge by what the group holds", () => {
    expect(outcome([policy("allow", [group])], {}, [[GROUP, admins]])).toBe("allow");
    expect(
      outcome([policy("allow", [everyone], { exclude: [group] })], {}, [[GROUP, admins]]),
    ).toBe("no_match");
  });

  it.each([
    [{}, "sign_in"],
    [{ [EVALUATOR]: true }, "allow"],
    [{ [EVALUATOR]: false }, "no_match"],
  ])("with the answers %j come to %s", (answers, expected) => {
    expect(outcome([policy("allow", [external])], { external: answers })).toBe(expected);
  });
});
