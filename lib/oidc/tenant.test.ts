import { describe, expect, it } from "vitest";
import { allClaims } from "./claim-lookup";
import { ProtocolFailure } from "./failure";
import type { Connection } from "./schema";
import { checkRequiredClaims, expectedIssuer, unprovenEmail } from "./tenant";

const HOME = "8c3f1d52-6a4e-4b7b-9d0e-1f2a3b4c5d6e";
const OTHER = "f1e2d3c4-b5a6-4788-99aa-bbccddeeff00";
const template = "https://login.microsoftonline.com/{tenantid}/v2.0";

const connection = (changes: Partial<Connection>) => ({ issuer: null, ...changes }) as Connection;
const several = (tenants: string[], text = template) =>
  connection({ issuerTemplate: { template: text, tenants } });

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof ProtocolFailure) return error.code;
    throw error;
  }
  return "none";
}

describe("the issuer of one of several tenants", () => {
  it("is the template with the tenant of the token in its place", () =>
    expect(expectedIssuer(several([OTHER, HOME]), { tid: HOME })).toBe(
      `https://login.microsoftonline.com/${HOME}/v2.0`,
    ));

  it("is filled in once: what a token brings is no place of its own", () => {
    const twice = "https://id.test/{tenantid}/{tenantid}";
    expect(expectedIssuer(several([HOME], twice), { tid: HOME })).toBe(
      `https://id.test/${HOME}/{tenantid}`,
    );
  });

  it.each([
    ["is not on the list", OTHER, "tenant_not_allowed"],
    ["is missing", undefined, "tenant_missing"],
    ["is the place itself", "{tenantid}", "tenant_missing"],
    ["is a pattern of String.replace", "$&", "tenant_missing"],
    ["climbs out of its folder", "../common", "tenant_missing"],
    ["is in capitals", HOME.toUpperCase(), "tenant_missing"],
    ["ends in a line break", `${HOME}\n`, "tenant_missing"],
    ["is a list", [HOME], "tenant_missing"],
    ["is a number", 7, "tenant_missing"],
  ])("is refused when the tenant of the token %s", (_, tid, code) =>
    expect(codeOf(() => expectedIssuer(several([HOME]), { tid }))).toBe(code),
  );

  it("lets in nobody when no tenant is on the list", () =>
    expect(codeOf(() => expectedIssuer(several([]), { tid: HOME }))).toBe("tenant_not_allowed"));

  it("is not what a token says of itself, once a template is set", () =>
    expect(expectedIssuer(several([HOME]), { tid: HOME, iss: "https://evil.test" })).toBe(
      `https://login.microsoftonline.com/${HOME}/v2.0`,
    ));

  it("is the configured one, or that of the token, where there is no template", () => {
    const claims = { iss: "https://token.test", tid: OTHER };
    expect(expectedIssuer(connection({ issuer: "https://pinned.test" }), claims)).toBe(
      "https://pinned.test",
    );
    expect(expectedIssuer(connection({}), claims)).toBe("https://token.test");
  });
});

describe("a claim that is required", () => {
  const workspace = connection({ requiredClaims: [{ name: "hd", value: "acme.com" }] });

  it("lets in an account that has exactly that value", () =>
    expect(codeOf(() => checkRequiredClaims(workspace, { hd: "acme.com" }))).toBe("none"));

  it.each([
    ["nothing", {}],
    ["another domain", { hd: "evil.test" }],
    ["a domain that ends like it", { hd: "notacme.com" }],
    ["a domain below it", { hd: "acme.com.evil.test" }],
    ["capitals", { hd: "ACME.com" }],
    ["a list that holds it", { hd: ["acme.com"] }],
    ["an empty value", { hd: "" }],
    ["a space", { hd: "acme.com " }],
    ["it in the email only", { email: "ada@acme.com" }],
    ["it on the prototype", Object.create({ hd: "acme.com" })],
  ])("refuses an account with %s", (_, claims) =>
    expect(codeOf(() => checkRequiredClaims(workspace, claims))).toBe("claim_not_as_required"),
  );
});

describe("an address that has to be proven", () => {
  const proving = connection({ emailProof: "xms_edov" });
  const code = (
    idToken: Record<string, unknown>,
    userInfo: Record<string, unknown> | null = null,
  ) =>
    unprovenEmail(
      proving,
      allClaims({ idToken, userInfo }),
      "email" in idToken
        ? { source: "id_token", claim: "email" }
        : { source: "user_info", claim: "email" },
    )?.code ?? null;

  it.each([true, 1, "1", "true"])("counts when the proof is %j", (xms_edov) =>
    expect(code({ email: "ada@acme.com", xms_edov })).toBeNull(),
  );

  it.each([false, 0, "0", "false", "", null, [true], { true: true }, "yes"])(
    "does not count when the proof is %j",
    (xms_edov) => expect(code({ email: "ada@acme.com", xms_edov })).toBe("email_unproven"),
  );

  it("does not count without a proof", () =>
    expect(code({ email: "ada@acme.com" })).toBe("email_unproven"));

  it("does not count when the proof stands in the ID token and the address in user info", () =>
    expect(code({ xms_edov: true }, { email: "ada@acme.com" })).toBe("email_unproven"));

  it("does not count when it came in another claim", () =>
    expect(
      unprovenEmail(proving, allClaims({ idToken: { xms_edov: true }, userInfo: null }), {
        source: "id_token",
        claim: "preferred_username",
      })?.code,
    ).toBe("email_unproven"));
});
