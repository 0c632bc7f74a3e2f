import { describe, expect, it } from "vitest";
import type { Connection, Outcome, PersonApi } from "@/lib/oidc/schema";
import { issuerOf, knowsIssuer } from "./issuer-of";
import { askingForAnotherAccount } from "./other-account";

const connection = (over: Partial<Connection>): Connection => ({
  clientId: "c",
  clientSecret: "s",
  tokenAuthMethod: "client_secret_post",
  authUrl: "https://login.example.com/authorize",
  tokenUrl: "https://login.example.com/token",
  certsUrl: "https://login.example.com/keys",
  userinfoUrl: null,
  issuer: null,
  scopes: ["openid"],
  pkce: true,
  prompt: null,
  clockTolerance: 0,
  emailClaim: "email",
  claims: [],
  ...over,
});
const outcome = (iss: unknown): Outcome => ({
  status: "passed",
  steps: [],
  diagnosis: null,
  warnings: [],
  identity: null,
  issuer: null,
  claims: { idTokenHeader: {}, idTokenPayload: { iss }, userInfo: null, oidcFields: {} },
});
const template = { template: "https://login.example.com/{tenantid}/v2.0", tenants: [] };
const personApi = { profileUrl: "https://api.example.com/user" } as unknown as PersonApi;

describe("who vouches for a person", () => {
  it("must be known before anybody signs in", () => {
    expect(knowsIssuer(connection({}))).toBe(false);
    expect(knowsIssuer(connection({ issuer: "https://login.example.com" }))).toBe(true);
    expect(knowsIssuer(connection({ issuerTemplate: template }))).toBe(true);
    expect(knowsIssuer(connection({ personApi }))).toBe(true);
  });

  it("is the token's issuer, byte for byte, of several tenants the person's own", () => {
    const iss = "https://login.example.com/T1/v2.0";
    expect(issuerOf(connection({ issuerTemplate: template }), outcome(iss))).toBe(iss);
  });

  it("is the provider's origin where there is no ID token", () => {
    expect(issuerOf(connection({ personApi }), outcome(undefined))).toBe(
      "https://login.example.com",
    );
  });

  it("is never made up", () => {
    expect(() => issuerOf(connection({}), outcome(undefined))).toThrow();
    expect(() => issuerOf(connection({}), outcome(["a"]))).toThrow();
  });
});

describe("signing in with another account", () => {
  it("asks the provider not to answer with the account that it remembers", () => {
    const plain = connection({ prompt: "none" });
    expect(askingForAnotherAccount("okta", plain).prompt).toBe("login");
    expect(askingForAnotherAccount("google", plain).prompt).toBe("select_account");
    expect(plain.prompt).toBe("none");
  });
});
