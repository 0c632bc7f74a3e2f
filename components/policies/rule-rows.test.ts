import { describe, expect, it } from "vitest";
import type { Rule } from "@/lib/policies/rules";
import { policyInputSchema } from "@/lib/policies/schema";
import { compileRows } from "./compile-rows";
import { formSchema, onRows } from "./form-schema";
import { emptyRow, type MethodChoice, type RowSets, rowsOf } from "./rule-rows";

const [OKTA, ENTRA, WORKSPACE, GITHUB, GENERIC, GONE] = [1, 2, 3, 4, 5, 6].map(
  (n) => `00000000-0000-4000-8000-00000000000${n}`,
) as [string, string, string, string, string, string];
const method = (id: string, type: string): MethodChoice => ({
  ...{ id, name: type, type, enabled: true },
});
const METHODS = [
  method(OKTA, "okta"),
  method(ENTRA, "azureAD"),
  method(WORKSPACE, "google-apps"),
  method(GITHUB, "github"),
  method(GENERIC, "oidc"),
];
const of = (identity_provider_id: string) => ({ identity_provider_id });

const RULES: Rule[] = [
  { email: { email: "ada@example.com" } },
  { email: { email: "bob@example.com" } },
  { everyone: {} },
  { email_domain: { domain: "example.com" } },
  { ip: { ip: "192.0.2.0/24" } },
  { geo: { country_code: "NZ" } },
  { login_method: { id: OKTA } },
  { oidc: { ...of(GENERIC), claim_name: "groups", claim_value: "admins" } },
  { oidc: { ...of(GENERIC), claim_name: "department", claim_value: "CN=a,OU=b" } },
  { oidc: { ...of(GENERIC), claim_name: "department", claim_value: "Sales" } },
  { oidc: { ...of(OKTA), claim_name: "groups", claim_value: "a claim, not the group" } },
  { okta: { ...of(OKTA), name: "Everyone" } },
  { azureAD: { ...of(ENTRA), id: "0e0f" } },
  { gsuite: { ...of(WORKSPACE), email: "all@example.com" } },
  { "github-organization": { ...of(GITHUB), name: "acme" } },
  { "github-organization": { ...of(GITHUB), name: "acme", team: "platform" } },
  { okta: { ...of(GONE), name: "Of a method that is gone" } },
  { auth_method: { auth_method: "mfa" } },
  { group: { id: GONE } },
  { service_token: { token_id: GONE } },
  { any_valid_service_token: {} },
  { external_evaluation: { evaluate_url: "https://a.example/x", keys_url: "https://a.example/k" } },
];

const sets = (include: RowSets["include"]): RowSets => ({ include, require: [], exclude: [] });

describe("rules as rows", () => {
  it("come out as they went in, whatever the selector", () => {
    const rows = rowsOf(RULES, METHODS);
    expect(compileRows(sets(rows), METHODS).rules.include).toEqual(RULES);
  });

  it("share a row with those of the same selector before them", () => {
    const rows = rowsOf(RULES, METHODS);
    expect(rows[0]).toMatchObject({
      selector: "email",
      values: ["ada@example.com", "bob@example.com"],
    });
    const github = rows.filter(({ method: id }) => id === GITHUB);
    expect(github.map(({ values }) => values)).toEqual([["acme", "acme/platform"]]);
  });

  it("are groups of the provider where the claim is groups and the login method has no other", () => {
    const [generic] = rowsOf(RULES.slice(7, 8), METHODS);
    const [okta] = rowsOf(RULES.slice(10, 11), METHODS);
    expect([generic?.selector, okta?.selector]).toEqual(["idp_group", "oidc"]);
  });

  it("that this version does not know are kept, and shown as such", () => {
    const odd = { saml: { attribute_name: "a" } };
    const rows = rowsOf([odd], METHODS);
    expect(rows[0]?.selector).toBe("unknown");
    expect(compileRows(sets(rows), METHODS).rules.include).toEqual([odd]);
  });
});

const issuesOf = (values: object) => {
  const form = { name: "x", decision: "allow", session_duration: null, ...values };
  const schema = formSchema<RowSets, unknown>(policyInputSchema, METHODS);
  const { error } = schema.safeParse(form as unknown as RowSets);
  return Object.fromEntries(
    (error?.issues ?? []).map(({ path, message }) => [path.join("."), message]),
  );
};

describe("issues of a form of rules", () => {
  it("stand at the row and the control that they are about", () => {
    const issues = issuesOf({
      include: [
        { ...emptyRow("a", "email"), values: ["ada@example.com", "bob"] },
        emptyRow("b", "oidc"),
        emptyRow("c"),
      ],
      require: [{ ...emptyRow("d", "ip"), values: ["300.0.0.1"] }],
      exclude: [emptyRow("e", "external_evaluation")],
    });
    expect(issues).toMatchObject({
      "include.0.values": "“bob”: Enter an email address, like ada@example.com",
      "include.1.method": "Choose a login method",
      "include.1.claim": "Enter the name of the claim",
      "include.1.values": "Enter a value of the claim",
      "include.2.selector": "Choose a selector",
      "require.0.values": "Enter an IP address or a range such as 192.0.2.0/24",
      "exclude.0.evaluateUrl": "Enter a full URL",
      "exclude.0.keysUrl": "Enter a full URL",
    });
  });

  it("say that Include is empty, and which selector the action does not allow", () => {
    const empty = issuesOf({ include: [], require: [], exclude: [] });
    expect(empty).toEqual({ include: "Add at least one Include rule" });
    const rows = { include: [emptyRow("a", "everyone")], require: [], exclude: [] };
    const misplaced = issuesOf({
      ...rows,
      decision: "bypass",
      require: [{ ...emptyRow("b", "email"), values: ["ada@example.com"] }],
    });
    expect(misplaced["require.0.selector"]).toMatch(/before they sign in/);
  });

  it("of the server land on the same rows", () => {
    const rows = sets([
      { ...emptyRow("a", "email"), values: ["ada@example.com", "bob@example.com"] },
      { ...emptyRow("b", "group"), values: [GONE] },
    ]);
    const failure = {
      ...({ ok: false, code: "invalid_input", message: "There is a problem." } as const),
      fields: { "include.2.group.id": ["There is no such group."], name: ["Taken"] },
    };
    expect(onRows(failure, rows, METHODS).fields).toEqual({
      "include.1.values": ["There is no such group."],
      name: ["Taken"],
    });
  });
});
