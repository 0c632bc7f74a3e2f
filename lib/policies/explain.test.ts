import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PersonIdentity } from "@/lib/users/schema";
import { compilePolicies, type PolicySource } from "./compile";
import type { PolicyContext } from "./context";
import { evaluate } from "./evaluate";
import { evaluatorsToAsk } from "./evaluators-to-ask";
import { explain } from "./explain";
import { naiveOutcome } from "./naive-for-tests";
import { namesOf } from "./names";
import type { Rule } from "./rules";
import { DECISIONS, type RuleSets } from "./schema";

const uuid = (last: number) => `00000000-0000-4000-8000-00000000000${last}`;
const METHODS = [uuid(1), uuid(2)];
const GROUPS = [uuid(4), uuid(5), uuid(6), uuid(7)];
const TOKENS = [uuid(8), uuid(9)];
const URLS = ["https://judge.example/a", "https://judge.example/b"];
const names = namesOf({
  loginMethods: { [uuid(1)]: "Practice", [uuid(2)]: "Okta" },
  ruleGroups: { [uuid(4)]: "Staff" },
  serviceTokens: { [uuid(8)]: "ci" },
});

const email = fc.constantFrom("ada@example.com", "bob@example.org");
const odd = fc.constantFrom("ada@evil@example.com", "Ada@EXAMPLE.com", "ada@example.com\u200b");
const method = fc.constantFrom(...METHODS);
const plainRule: fc.Arbitrary<unknown> = fc.oneof(
  fc.constant({ everyone: {} }),
  email.map((address) => ({ email: { email: address } })),
  fc.constantFrom("example.com", "example.org").map((domain) => ({ email_domain: { domain } })),
  fc.constantFrom("192.0.2.0/24", "2001:db8::/32").map((ip) => ({ ip: { ip } })),
  fc.constantFrom("NZ", "PT").map((country_code) => ({ geo: { country_code } })),
  method.map((id) => ({ login_method: { id } })),
  fc.tuple(method, fc.constantFrom("admin", "staff")).map(([id, claim_value]) => ({
    oidc: { identity_provider_id: id, claim_name: "roles", claim_value },
  })),
  fc.constant({ auth_method: { auth_method: "mfa" } }),
  fc.constantFrom(...TOKENS).map((token_id) => ({ service_token: { token_id } })),
  fc.constant({ any_valid_service_token: {} }),
  fc.constantFrom(...URLS).map((evaluate_url) => ({
    external_evaluation: { evaluate_url, keys_url: "https://judge.example/keys" },
  })),
);
const rule = fc.oneof(
  { weight: 6, arbitrary: plainRule },
  {
    weight: 2,
    arbitrary: fc.constantFrom(...GROUPS, uuid(0)).map((id) => ({ group: { id } })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<unknown>(null, 7, {}, { nonsense: {} }, { email: {} }),
  },
);
const rules = (minLength: number) => fc.array(rule, { minLength, maxLength: 3 });
const sets = fc
  .record({ include: rules(0), require: rules(0), exclude: rules(0) })
  .map((made) => made as RuleSets);
const policy = fc.tuple(fc.uuid(), fc.constantFrom(...DECISIONS), sets).map(
  ([id, decision, made]): PolicySource => ({
    ...{ id, name: `Policy ${id}`, decision, sessionDuration: null },
    ...made,
  }),
);
const person = fc
  .tuple(fc.oneof(email, odd), method, fc.subarray(["admin", "staff"]), fc.subarray(["mfa", "pwd"]))
  .map(
    ([address, id, roles, amr]): PersonIdentity => ({
      email: address,
      name: null,
      issuer: "https://idp.example",
      subject: "1",
      loginMethod: { id, name: "Practice", kind: "oidc" },
      groups: [],
      amr,
      claims: [
        { name: "roles", value: roles, values: roles.map((value) => ({ path: "", value })) },
      ],
    }),
  );
const answer = fc.constantFrom(true, false, "evaluate_timeout" as const);
const context: fc.Arbitrary<PolicyContext> = fc.record({
  person: fc.option(person),
  serviceTokenId: fc.option(fc.constantFrom(...TOKENS)),
  ip: fc.option(fc.constantFrom("192.0.2.9", "198.51.100.1", "2001:db8::1", "nonsense")),
  country: fc.option(fc.constantFrom("NZ", "PT")),
  external: fc.dictionary(fc.constantFrom(...URLS), answer, { noNullPrototype: true }),
  partial: fc.boolean(),
});
const groups = fc
  .tuple(...GROUPS.map((id) => fc.option(sets).map((made) => [id, made] as const)))
  .map((all) => new Map(all.filter((one): one is [string, RuleSets] => one[1] !== null)));

describe("every set of policies, for everybody", () => {
  const policies = fc.array(policy, { maxLength: 5 });

  it("is judged as an evaluator judges that was written apart from it", () => {
    fc.assert(
      fc.property(policies, groups, context, (made, known, given) => {
        expect(evaluate(compilePolicies(made, known), given).outcome).toBe(
          naiveOutcome(made, known, given),
        );
      }),
      { numRuns: 3000 },
    );
  });

  it("is explained as it is judged", () => {
    fc.assert(
      fc.property(policies, groups, context, (made, known, given) => {
        const compiled = compilePolicies(made, known);
        const { outcome, policy: decided } = evaluate(compiled, given);
        const explanation = explain(compiled, given, names);
        expect(explanation.outcome).toBe(outcome);
        const by = outcome === "sign_in" || !decided ? null : decided.id;
        expect(explanation.decidedBy?.policyId ?? null).toBe(by);
        expect(explanation.policies.map(({ id }) => id)).toEqual(
          compiled.ordered.map(({ source }) => source.id),
        );
      }),
      { numRuns: 1500 },
    );
  });

  it("needs no answer of an external evaluation that it would not ask for, here or elsewhere", () => {
    const places = [
      { ip: "192.0.2.9", country: "NZ" },
      { ip: "2001:db8::1", country: "PT" },
      { ip: null, country: null },
    ];
    fc.assert(
      fc.property(policies, groups, context, person, (made, known, given, who) => {
        const here = { ...given, person: who, serviceTokenId: null, partial: false };
        const compiled = compilePolicies(made, known);
        const all = Object.fromEntries(URLS.map((url) => [url, given.external[url] ?? true]));
        const asked = evaluatorsToAsk(compiled, { ...here, external: {} });
        const external = Object.fromEntries(
          asked.map(({ evaluateUrl: url }) => [url, all[url] ?? true]),
        );
        const comesTo = (more: Partial<PolicyContext>) => {
          const { outcome } = evaluate(compiled, { ...here, ...more });
          return outcome === "deny" ? "no_match" : outcome;
        };
        expect(comesTo({ external })).toBe(comesTo({ external: all }));
        if (comesTo({ external }) === "no_match") return;
        for (const place of places) {
          expect(comesTo({ ...place, external })).toBe(comesTo({ ...place, external: all }));
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("asks nobody to sign in who could not get in by it", () => {
    fc.assert(
      fc.property(policies, groups, context, (made, known, given) => {
        const anonymous = { ...given, person: null, partial: false };
        const compiled = compilePolicies(made, known);
        const { outcome } = evaluate(compiled, anonymous);
        fc.pre(outcome === "no_match" || outcome === "deny");
        for (const who of [
          ada("ada@example.com", ["admin", "staff"]),
          ada("bob@example.org", []),
        ]) {
          expect(["no_match", "deny"]).toContain(
            evaluate(compiled, { ...anonymous, person: who }).outcome,
          );
        }
      }),
      { numRuns: 1500 },
    );
  });

  it("opens nothing more when a rule of it breaks (fail closed)", () => {
    const opens = ({ outcome }: { outcome: string }) => !["no_match", "deny"].includes(outcome);
    const place = fc.constantFrom("include" as const, "require" as const, "exclude" as const);
    fc.assert(
      fc.property(policy, groups, context, place, fc.nat(), (made, known, given, set, at) => {
        fc.pre(made[set].length > 0);
        const broken = made[set].with(at % made[set].length, { gone: {} } as unknown as Rule);
        const after = evaluate(compilePolicies([{ ...made, [set]: broken }], known), given);
        if (opens(after)) expect(opens(evaluate(compilePolicies([made], known), given))).toBe(true);
      }),
      { numRuns: 1500 },
    );
  });
});

function ada(address: string, roles: string[]): PersonIdentity {
  return {
    email: address,
    name: "Ada",
    issuer: "https://idp.example",
    subject: "1",
    loginMethod: { id: uuid(1), name: "Practice", kind: "oidc" },
    groups: [],
    amr: ["mfa"],
    claims: [{ name: "roles", value: roles, values: roles.map((value) => ({ path: "", value })) }],
  };
}

describe("an explanation", () => {
  const claim = { identity_provider_id: uuid(1), claim_name: "roles", claim_value: "admin" };
  const made = (decision: PolicySource["decision"], more: Partial<RuleSets>): PolicySource => ({
    ...{ id: decision, name: `The ${decision}`, decision, sessionDuration: null },
    ...{ include: [], require: [], exclude: [], ...more },
  });
  const explained = (policies: PolicySource[], given: Partial<PolicyContext> = {}) =>
    explain(
      compilePolicies(policies, new Map()),
      {
        ...{ person: ada("ada@example.com", ["staff"]), serviceTokenId: null, ip: "192.0.2.1" },
        ...{ country: null, external: {}, ...given },
      },
      names,
    );

  it("says of each rule what it found", () => {
    const rules: Rule[] = [{ email_domain: { domain: "example.org" } }, { oidc: claim }];
    const { outcome, policies, decidedBy } = explained([made("allow", { include: rules })]);
    expect(outcome).toBe("no_match");
    expect(decidedBy).toBeNull();
    expect(policies[0]?.include).toEqual([
      {
        selector: "email_domain",
        label: "Emails ending in @example.org",
        verdict: "miss",
        note: "The email is ada@example.com.",
      },
      {
        selector: "oidc",
        label: "Claim roles of Practice is admin",
        verdict: "miss",
        note: "roles is staff.",
      },
    ]);
  });

  it("names the policy and the rule that decided, and does not go on", () => {
    const block = made("deny", { include: [{ email: { email: "ADA@example.com" } }] });
    const { decidedBy, policies } = explained([block, made("allow", {})]);
    expect(decidedBy).toEqual({
      policyId: "deny",
      policyName: "The deny",
      rule: "Email ADA@example.com",
    });
    expect(policies[1]?.verdict).toBe("not_reached");
  });

  it("tells an address that was left out from one that nobody knows", () => {
    const office = made("allow", { include: [{ ip: { ip: "192.0.2.0/24" } }] });
    const left = explained([office], { ip: null, partial: true });
    expect(left.outcome).toBe("sign_in");
    expect(left.policies[0]?.include[0]?.note).toBe(
      "It depends on the address, which was not given.",
    );
    const unknown = explained([office], { ip: null });
    expect(unknown.outcome).toBe("no_match");
    expect(unknown.policies[0]?.include[0]?.note).toMatch(
      /^The address is not known, so it counts/,
    );
  });

  it.each<[string, Rule, Partial<PolicyContext>, string]>([
    ["nobody is signed in", { oidc: claim }, { person: null }, "Nobody has signed in yet."],
    [
      "the login method is another",
      { oidc: { ...claim, identity_provider_id: uuid(2) } },
      {},
      "Signed in with Practice, not with Okta.",
    ],
    [
      "a group did not come",
      { okta: { identity_provider_id: uuid(1), name: "x" } },
      {},
      "No groups came.",
    ],
    [
      "the access group is gone",
      { group: { id: uuid(7) } },
      {},
      "The access group no longer exists, so it counts as not matching: nobody gets in by it.",
    ],
    [
      "the token is another",
      { any_valid_service_token: {} },
      { serviceTokenId: uuid(8) },
      "The service token is ci.",
    ],
  ])("says that %s", (_, include, given, note) => {
    const [only] = explained([made("allow", { include: [include] })], given).policies;
    expect(only?.include[0]?.note).toBe(note);
  });
});
