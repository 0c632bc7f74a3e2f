import { describe, expect, it } from "vitest";
import { inputProblems, type Surroundings } from "./input-problems";
import { applicationInputSchema } from "./schema";

const METHOD = "11111111-1111-4111-8111-111111111111";
const POLICY = "22222222-2222-4222-8222-222222222222";
const FAILURE = "33333333-3333-4333-8333-333333333333";
const FORBIDDEN = "44444444-4444-4444-8444-444444444444";
const GONE = "55555555-5555-4555-8555-555555555555";

const around: Surroundings = {
  others: [{ name: "Wiki", destinations: ["wiki.example.com", "*.example.com/docs"] }],
  ownNames: ["console.example.com", "acme.example.com"],
  loginMethods: new Set([METHOD]),
  templates: new Map([
    [FAILURE, "identity_denied"],
    [FORBIDDEN, "forbidden"],
  ]),
  policies: new Set([POLICY]),
};

const problems = (destinations: string[], more: object = {}) =>
  inputProblems(applicationInputSchema.parse({ name: "Shop", destinations, ...more }), around);

describe("what an application has to agree with", () => {
  it("finds nothing wrong with hosts, methods, templates and policies that fit", () => {
    const settings = {
      allowed_idps: [METHOD],
      identity_denied_template: FAILURE,
      forbidden_template: FORBIDDEN,
    };
    expect(
      problems(["shop.example.com", "wiki.example.com/shop"], { settings, policies: [POLICY] }),
    ).toBeNull();
  });

  it("names the hostname that another application has, at its place in the list", () => {
    const message = ["Wiki covers exactly this already"];
    expect(problems(["shop.example.com", "https://WIKI.example.com/"])).toEqual({
      "destinations.1": message,
    });
    expect(problems(["*.example.com/docs/"])).toEqual({ "destinations.0": message });
    expect(problems(["*.example.com/Docs"])).toEqual({ "destinations.0": message });
  });

  it("takes paths that differ only by case for one", () => {
    const twice = ["shop.example.com/a", "shop.example.com/A"];
    expect(() => problems(twice)).toThrow(/whatever the case/);
  });

  it.each([
    "console.example.com",
    "acme.example.com/wiki",
    "console.example.com:8443",
    "ACME.example.com",
  ])("cookie theft by a neighbour: refuses %s, whose cookies are the console's", (text) => {
    expect(problems([text])).toEqual({
      "destinations.0": [expect.stringContaining("is Gatehouse's own name")],
    });
  });

  it("lets a pattern cover the names beside its own", () => {
    expect(problems(["*.example.com"])).toBeNull();
  });

  it("script in a logo: refuses an SVG that does more than draw", () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
    const settings = { logo_url: `data:image/svg+xml;base64,${btoa(svg)}` };
    expect(problems(["shop.example.com"], { settings })).toEqual({
      "settings.logo_url": [expect.stringContaining("contains a script")],
    });
  });

  it.each(["custom_deny_url", "custom_non_identity_deny_url"])(
    "refuses as %s an address of its own, where the refused would be refused again",
    (name) => {
      const at = (url: string) =>
        problems(["shop.example.com", "*.shop.example.com/a*"], { settings: { [name]: url } });
      for (const own of ["https://shop.example.com/", "http://SHOP.example.com:81/denied?x=1"]) {
        expect(at(own)).toEqual({
          [`settings.${name}`]: [expect.stringContaining("covers this address itself")],
        });
      }
      expect(at("https://b.shop.example.com/about")).not.toBeNull();
      for (const other of ["https://b.shop.example.com/b", "https://help.example.com/"]) {
        expect(at(other)).toBeNull();
      }
    },
  );

  it("takes an address that another application covers more closely", () => {
    const settings = { custom_deny_url: "https://wiki.example.com/docs/denied" };
    expect(problems(["*.example.com"], { settings })).toBeNull();
  });

  it("refuses login methods and policies that are gone", () => {
    const settings = { allowed_idps: [METHOD, GONE] };
    expect(problems(["shop.example.com"], { settings, policies: [POLICY, GONE] })).toEqual({
      "settings.allowed_idps": [expect.any(String)],
      policies: [expect.any(String)],
    });
  });

  it.each([
    ["identity_denied_template", FORBIDDEN],
    ["forbidden_template", FAILURE],
    ["identity_denied_template", GONE],
  ])("refuses as %s a template of the other type, or none", (name, id) => {
    expect(problems(["shop.example.com"], { settings: { [name]: id } })).toEqual({
      [`settings.${name}`]: [expect.any(String)],
    });
  });
});
