import { describe, expect, it } from "vitest";
import { rangesMeet } from "./disjoint";
import { guardRails } from "./guard-rails";
import { emptyRow, type RowSelector, type RowSets, type RuleRow } from "./rule-rows";

const row = (key: string, selector: RowSelector, values: string[], more = {}): RuleRow => ({
  ...emptyRow(key, selector),
  values,
  ...more,
});
const rules = (sets: Partial<RowSets>): RowSets => ({
  include: [row("i", "email_domain", ["example.com"])],
  require: [],
  exclude: [],
  ...sets,
});
const titles = (require: RuleRow[]) => guardRails(rules({ require }), "allow");

describe("guard rails", () => {
  it("say nothing where nothing is wrong", () => {
    const require = [
      row("a", "geo", ["NZ"]),
      row("b", "ip", ["192.0.2.0/24", "192.0.2.7"]),
      row("c", "oidc", ["a", "b"], { method: "m", claim: "groups" }),
      row("d", "email", ["ada@example.com"]),
      row("e", "email_domain", ["@Example.com"]),
    ];
    expect(titles(require)).toEqual([]);
  });

  it.each([
    ["two countries in one row", [row("a", "geo", ["NZ", "AU"])], ["a"]],
    ["two countries in two rows", [row("a", "geo", ["NZ"]), row("b", "geo", ["AU"])], ["a", "b"]],
    ["two addresses", [row("a", "email", ["a@b.example", "c@b.example"])], ["a"]],
    ["two login methods", [row("a", "login_method", ["1", "2"])], ["a"]],
    ["ranges apart", [row("a", "ip", ["192.0.2.0/24", "198.51.100.0/24"])], ["a"]],
    [
      "claims of two login methods",
      [row("a", "oidc", ["x"], { method: "1" }), row("b", "idp_group", ["y"], { method: "2" })],
      ["a", "b"],
    ],
  ])("offer an access group for %s", (_, require, convert) => {
    const [rail, ...others] = titles(require);
    expect(others).toEqual([]);
    expect(rail).toMatchObject({ tone: "danger", convert });
    expect(rail?.title).toMatch(/matches nobody/);
  });

  it("tell an address from outside the required domain", () => {
    const require = [row("a", "email", ["a@b.example"]), row("b", "email_domain", ["c.example"])];
    expect(titles(require)[0]?.title).toMatch(/does not end in @c.example/);
  });

  it("note that everyone gets in, and only for Allow", () => {
    const include = [row("i", "everyone", [])];
    expect(guardRails(rules({ include }), "allow")[0]?.tone).toBe("warning");
    const require = [row("r", "geo", ["NZ"])];
    expect(guardRails(rules({ include, require }), "allow")[0]?.tone).toBe("info");
    expect(guardRails(rules({ include }), "deny")).toEqual([]);
    expect(guardRails(rules({ include }), null)).toEqual([]);
  });

  it("warn of Service Auth that asks for no token", () => {
    const include = [row("i", "ip", ["192.0.2.0/24"])];
    expect(guardRails(rules({ include }), "non_identity")[0]?.title).toMatch(/without any cred/);
    const require = [row("r", "any_valid_service_token", [])];
    expect(guardRails(rules({ include, require }), "non_identity")).toEqual([]);
  });
});

describe("rangesMeet", () => {
  it.each([
    ["10.0.0.0/8", "10.1.2.3", true],
    ["10.0.0.0/8", "11.0.0.0/8", false],
    ["0.0.0.0/0", "192.0.2.1", true],
    ["2001:db8::/32", "2001:db8:1::1", true],
    ["2001:db8::/32", "2001:db9::1", false],
    ["::ffff:192.0.2.1", "::ffff:c000:201", true],
    ["192.0.2.1", "2001:db8::1", false],
    ["nonsense", "192.0.2.1", true],
  ])("%s and %s: %s", (one, two, meet) => {
    expect(rangesMeet(one, two)).toBe(meet);
    expect(rangesMeet(two, one)).toBe(meet);
  });
});
