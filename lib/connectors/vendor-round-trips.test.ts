import { describe, expect, it } from "vitest";
import { loginMethodSchema } from "@/lib/login-methods/schema";
import type { Fault } from "@/lib/oidc/provider-for-tests";
import type { Connection, Outcome } from "@/lib/oidc/schema";
import { provider, trip, useProvider } from "@/lib/oidc/trips-for-tests";
import { connectorFor } from ".";
import type { ConnectorKind } from "./index";

useProvider();

interface Vendor {
  kind: ConnectorKind;
  config: Record<string, unknown>;
  /** As the vendor's own documents spell it. */
  issuer: string;
  /** The same with one character more or less, as people type it. */
  almost: string;
  fault: Fault;
  /** Custom claims that must come out, by name. */
  custom: Record<string, unknown>;
  /** Part of the vendor's own advice when the issuer differs. */
  advice: RegExp;
}

const ROLES = "urn:zitadel:iam:org:project:roles";
const zitadelRoles = { admin: { "1234": "acme.zitadel.cloud" }, viewer: { "1234": "acme" } };
const ENVIRONMENT = "1b8fa467-e41d-402a-8702-990c92c1f89b";

const VENDORS: Vendor[] = [
  {
    kind: "auth0",
    config: { auth0_domain: "acme.eu.auth0.com", claims: ["https://acme.com/roles"] },
    issuer: "https://acme.eu.auth0.com/",
    almost: "https://acme.eu.auth0.com",
    fault: {
      claims: {
        sub: "auth0|65f0c1d2e3",
        sid: "s1",
        email_verified: true,
        "https://acme.com/roles": ["admin", "editor"],
      },
    },
    custom: { "https://acme.com/roles": ["admin", "editor"] },
    advice: /slash/,
  },
  {
    kind: "zitadel",
    config: { zitadel_url: "https://acme-a1b2c3.us1.zitadel.cloud", claims: [ROLES] },
    issuer: "https://acme-a1b2c3.us1.zitadel.cloud",
    almost: "https://acme-a1b2c3.us1.zitadel.cloud/",
    fault: {
      // Zitadel adds the project to the audience, and sends roles by user info unless told otherwise.
      claims: { aud: ["app-1", "project-1"], azp: "app-1", client_id: "app-1" },
      userInfo: { body: { sub: "user-1", [ROLES]: zitadelRoles } },
    },
    custom: { [ROLES]: zitadelRoles },
    advice: /without a slash/,
  },
  {
    kind: "pingone",
    config: {
      ping_env_id: `https://auth.pingone.com.au/${ENVIRONMENT}/as`,
      claims: ["memberOfGroupNames"],
    },
    issuer: `https://auth.pingone.com.au/${ENVIRONMENT}/as`,
    almost: `https://auth.pingone.com/${ENVIRONMENT}/as`,
    fault: { claims: { env: ENVIRONMENT, memberOfGroupNames: ["Staff"] } },
    custom: { memberOfGroupNames: ["Staff"] },
    advice: /Region/,
  },
  {
    kind: "onelogin",
    config: { onelogin_account: "acme", claims: ["department"] },
    issuer: "https://acme.onelogin.com/oidc/2",
    almost: "https://acme.onelogin.com/oidc/2/",
    fault: { claims: { groups: ["Staff", "Admins"], department: "R&D" } },
    custom: { department: "R&D" },
    advice: /first version/,
  },
  {
    kind: "jumpcloud",
    config: { jumpcloud_region: "in", claims: ["groups"] },
    issuer: "https://oauth.id.in.jumpcloud.com/",
    almost: "https://oauth.id.in.jumpcloud.com",
    fault: { claims: { aud: ["app-1"], rat: 1, groups: ["Staff"] } },
    custom: { groups: ["Staff"] },
    advice: /slash/,
  },
];

/** The connection of a saved form, with the requests sent to the provider of this test. */
function connectionOf({ kind, config }: Vendor): Partial<Connection> {
  const connector = connectorFor(kind);
  const { data, error } = loginMethodSchema(connector, []).safeParse({
    name: "x",
    config: { client_id: "app-1", client_secret: "planted", ...config },
  });
  if (!data) throw error;
  const { authUrl, tokenUrl, certsUrl, userinfoUrl, ...rest } = connector.open(data.config, null);
  for (const url of [authUrl, tokenUrl, certsUrl, userinfoUrl]) expect(url).toMatch(/^https:/);
  const { origin, connection } = provider;
  const here = connection({ userinfoUrl: `${origin}/me` });
  return {
    ...rest,
    clientSecret: here.clientSecret,
    authUrl: here.authUrl,
    tokenUrl: here.tokenUrl,
    certsUrl: here.certsUrl,
    userinfoUrl: here.userinfoUrl,
  };
}

const runAs = (vendor: Vendor, iss: string): Promise<Outcome> =>
  trip(
    { ...vendor.fault, claims: { ...vendor.fault.claims, iss } },
    {
      connection: connectionOf(vendor),
      context: { advice: connectorFor(vendor.kind).advice },
    },
  );

describe.each(VENDORS)("a round trip with $kind", (vendor) => {
  it("passes with the issuer and the claims that its documents show", async () => {
    const outcome = await runAs(vendor, vendor.issuer);
    expect(outcome.diagnosis).toBeNull();
    expect(outcome.status).toMatch(/^passed/);
    expect(outcome.issuer).toBe(vendor.issuer);
    for (const [name, value] of Object.entries(vendor.custom)) {
      expect(outcome.claims?.oidcFields?.[name], name).toEqual(value);
    }
  });

  it("issuer confusion: an issuer that is almost the same is refused, with its own advice", async () => {
    const { diagnosis } = await runAs(vendor, vendor.almost);
    expect(diagnosis?.code).toBe("iss_mismatch");
    expect(diagnosis?.fixes.join(" ")).toMatch(vendor.advice);
  });
});

describe("what an admin has at hand", () => {
  it.each([
    ["auth0", "auth0_domain", "acme.eu.auth0.com", "https://acme.eu.auth0.com/"],
    ["auth0", "auth0_domain", " https://acme.eu.auth0.com/ ", "https://acme.eu.auth0.com/"],
    ["auth0", "auth0_domain", "https://login.acme.com/authorize", "https://login.acme.com/"],
    [
      "auth0",
      "auth0_domain",
      "acme.eu.auth0.com/.well-known/openid-configuration",
      "https://acme.eu.auth0.com/",
    ],
    ["zitadel", "zitadel_url", "id.acme.com/ui/v2/login", "https://id.acme.com"],
    ["zitadel", "zitadel_url", "https://id.acme.com/oauth/v2/authorize", "https://id.acme.com"],
    ["pingone", "ping_env_id", ENVIRONMENT, `https://auth.pingone.com/${ENVIRONMENT}/as`],
    [
      "pingone",
      "ping_env_id",
      `https://console.pingone.ca/index.html?env=${ENVIRONMENT}#home`,
      `https://auth.pingone.ca/${ENVIRONMENT}/as`,
    ],
    [
      "pingone",
      "ping_env_id",
      `auth.pingone.sg/${ENVIRONMENT.toUpperCase()}/as/authorize`,
      `https://auth.pingone.sg/${ENVIRONMENT}/as`,
    ],
    ["onelogin", "onelogin_account", "acme", "https://acme.onelogin.com/oidc/2"],
    [
      "onelogin",
      "onelogin_account",
      "acme.onelogin.com/portal",
      "https://acme.onelogin.com/oidc/2",
    ],
    ["onelogin", "onelogin_account", "https://sso.acme.com/oidc/2", "https://sso.acme.com/oidc/2"],
  ] as const)("%s takes %s %j for the issuer %4$s", (kind, field, typed, issuer) => {
    const connector = connectorFor(kind);
    const config = { client_id: "app", client_secret: "s", [field]: typed };
    const { data, error } = loginMethodSchema(connector, []).safeParse({ name: "x", config });
    expect(error).toBeUndefined();
    expect(connector.open(data?.config ?? {}, null).issuer).toBe(issuer);
  });

  it.each([
    ["auth0", "auth0_domain", "acme", /whole Auth0 domain/],
    ["auth0", "auth0_domain", "https://manage.auth0.com/dashboard/eu/acme", /dashboard/],
    ["auth0", "auth0_domain", "https://acme.eu.auth0.com/some/page", /whole Auth0 domain/],
    ["auth0", "auth0_domain", "https://ada:pw@acme.eu.auth0.com", /whole Auth0 domain/],
    ["pingone", "ping_env_id", "my environment", /Environment ID/],
    ["pingone", "ping_env_id", `https://auth.pingone.evil/${ENVIRONMENT}/as`, /Environment ID/],
    ["onelogin", "onelogin_account", "my company", /OneLogin address/],
    ["onelogin", "onelogin_account", "https://acme.onelogin.com/some/page", /OneLogin address/],
    ["zitadel", "zitadel_url", "https://", /Zitadel URL/],
  ] as const)("%s refuses %s %j", (kind, field, typed, message) => {
    const config = { client_id: "app", client_secret: "s", [field]: typed };
    const { error } = loginMethodSchema(connectorFor(kind), []).safeParse({ name: "x", config });
    const issue = error?.issues.find(({ path }) => path.join(".") === `config.${field}`);
    expect(issue?.message).toMatch(message);
  });
});
