import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loginMethodSchema } from "@/lib/login-methods/schema";
import { rowOf } from "@/lib/oidc/catalogue";
import { allConnectors, connectorFor, findConnector, isConnectorKind } from ".";
import { type Config, type Connector, type Fixture, GROUPS } from "./definition";
import { loadConnector } from "./load";
import * as registry from "./registry";

const parse = (kind: string, config: unknown, stored: readonly string[] = []) => {
  const connector = findConnector(kind);
  if (!connector) throw new Error(`no connector ${kind}`);
  return loginMethodSchema(connector, stored).safeParse({ name: "x", config } as never);
};

/** Messages by config key, as the form shows them. */
const messages = (kind: string, config: unknown) =>
  Object.fromEntries(
    (parse(kind, config).error?.issues ?? []).map((issue) => [
      issue.path.slice(1).join("."),
      issue.message,
    ]),
  );

/** The folder of a connector: a kind is an identifier, and folders have hyphens. */
async function fixtureOf(kind: string): Promise<Fixture> {
  const module = await import(`./${kind.replaceAll("_", "-")}/fixture.ts`);
  return module.fixture;
}

const fixtures: Record<string, Config> = {};
for (const { kind } of allConnectors) fixtures[kind] = (await fixtureOf(kind)).config;
const hasField = (connector: Connector, name: string) =>
  connector.fields.some((field) => field.name === name);
/** Whether a client without a secret can be chosen at all. */
const allowsPublic = ({ fields }: Connector) =>
  fields.some(
    ({ name, options = [] }) =>
      name === "token_auth_method" && options.some(({ value }) => value === "none"),
  );
const changed = (kind: string, change: Config) => ({ ...fixtures[kind], ...change });

const pemOf = (label: string) => `-----BEGIN ${label}-----\nAAAA\n-----END ${label}-----\n`;
const ownCertificate = {
  tls_client_cert: pemOf("CERTIFICATE"),
  tls_client_key: pemOf("PRIVATE KEY"),
};

describe.each(allConnectors)("the $label connector", async (connector) => {
  const fixture = await fixtureOf(connector.kind);
  const saved = parse(connector.kind, fixture.config);

  it("is loaded by itself for the pages that show it", async () => {
    const kind = isConnectorKind(connector.kind) ? connector.kind : "oidc";
    expect(await loadConnector(kind)).toBe(connector);
  });

  it("is registered under its kind", () => {
    expect(Object.keys(registry)).toContain(connector.kind);
    expect(isConnectorKind(connector.kind) && connectorFor(connector.kind)).toBe(connector);
  });

  it("works out the other fields from what an admin types", () =>
    expect(connector.derive(fixture.config)).toEqual(fixture.derived));

  it("knows where to read discovery, and that there is nothing to read in an empty form", () => {
    expect(connector.discoveryUrl(fixture.config)).toBe(fixture.discoveryUrl);
    expect(connector.discoveryUrl({})).toBeNull();
    expect(connector.derive({})).toEqual({});
  });

  it("accepts what an admin types and opens the connection the engine needs", () => {
    expect(saved.error).toBeUndefined();
    expect(connector.open(saved.data?.config ?? {}, null)).toMatchObject(fixture.connection);
  });

  it("opens the same connection from what was stored", () => {
    const stored = JSON.parse(JSON.stringify(saved.data?.config));
    expect(parse(connector.kind, stored).data?.config).toEqual(stored);
    expect(connector.open(stored, null)).toMatchObject(fixture.connection);
  });

  it("keeps a stored secret whose field is left blank", () => {
    const blank = {
      ...fixture.config,
      ...Object.fromEntries(connector.secrets.map((name) => [name, ""])),
    };
    expect(parse(connector.kind, blank).success).toBe(false);
    expect(parse(connector.kind, blank, connector.secrets).error).toBeUndefined();
  });

  it("tells how to get a client secret when there is none", () =>
    expect(messages(connector.kind, { ...fixture.config, client_secret: "" })).toEqual({
      client_secret: allowsPublic(connector)
        ? "Enter the client secret. If your provider has none, turn on PKCE and choose Public client."
        : expect.stringMatching(/^Enter the client secret/),
    }));

  if (allowsPublic(connector))
    it("needs no secret of a public client with PKCE, and refuses one without", () => {
      const open = { ...fixture.config, client_secret: "", token_auth_method: "none" };
      expect(messages(connector.kind, { ...open, pkce_enabled: true })).toEqual({});
      expect(
        Object.keys(messages(connector.kind, { ...open, pkce_enabled: false })).sort(),
      ).toEqual(["client_secret", "pkce_enabled"]);
    });

  if (hasField(connector, "assertion_audience"))
    it("needs no secret of an app that signs, and sends none that is stored", () => {
      const signs = { ...fixture.config, token_auth_method: "private_key_jwt" };
      expect(messages(connector.kind, { ...signs, client_secret: "" })).toEqual({});
      const stored = parse(connector.kind, { ...signs, previous_client_secret: "old" });
      expect(connector.open(stored.data?.config ?? {}, null)).toMatchObject({
        clientSecret: null,
        previousClientSecret: null,
        assertionAudience: "token_url",
      });
    });

  it.each([
    ["an unknown key", { surprise: 1 }],
    ["a prototype key", JSON.parse('{"__proto__":{"client_id":"x"}}')],
    ["a number for text", { client_id: 7 }],
    ["text for a switch", { pkce_enabled: "yes" }],
    ["text for a list", { claims: "groups" }],
    ["an object in a list", { claims: [{}] }],
    ["text for a number", { clock_tolerance: "30" }],
    ["an endless App ID", { client_id: "a".repeat(513) }],
    ["an endless secret", { client_secret: "a".repeat(2049) }],
    ["51 claims", { claims: Array.from({ length: 51 }, (_, at) => `claim${at}`) }],
    ["a NUL in the App ID", { client_id: "a\u0000b" }],
    ["a zero-width space in the secret", { client_secret: "a\u200bb" }],
    ["half a surrogate pair", { claims: ["\ud800"] }],
    ["an unknown way to send the secret", { token_auth_method: "client_secret_jwt" }],
    ["an unknown prompt", { prompt: "politely" }],
  ])("refuses %s", (_, change) => {
    const config = Object.assign(Object.create(null), fixture.config);
    for (const key of Object.keys(change)) {
      Object.defineProperty(config, key, {
        value: Object.getOwnPropertyDescriptor(change, key)?.value,
        enumerable: true,
      });
    }
    expect(parse(connector.kind, config).success).toBe(false);
  });

  it.each([null, undefined, "text", 4, []])("refuses %j in place of settings", (config) =>
    expect(parse(connector.kind, config).success).toBe(false),
  );

  if (hasField(connector, "claims"))
    it.each(["sub", "iss", "aud", "exp", "iat", "nonce"])(
      "says that the claim %s is reserved",
      (claim) =>
        expect(messages(connector.kind, { ...fixture.config, claims: ["ok", claim] })).toEqual({
          claims: `${claim} is reserved`,
        }),
    );

  it("asks for openid exactly when it speaks OpenID Connect", () => {
    const { scopes } = connector.open(saved.data?.config ?? {}, null);
    expect(scopes.includes("openid")).toBe(connector.protocol === "oidc");
  });

  if (connector.protocol === "oidc")
    it("keeps openid among the scopes", () => {
      const message = { scopes: "Keep openid. OpenID Connect needs it." };
      expect(messages(connector.kind, { ...fixture.config, scopes: ["email"] })).toEqual(message);
      expect(messages(connector.kind, { ...fixture.config, scopes: [] })).toEqual(message);
    });

  if (hasField(connector, "clock_tolerance"))
    it.each([-1, 301, 1.5, Number.NaN])("refuses a clock tolerance of %d seconds", (seconds) =>
      expect(
        Object.keys(messages(connector.kind, { ...fixture.config, clock_tolerance: seconds })),
      ).toEqual(["clock_tolerance"]),
    );

  it("gives every select a choice for each value its schema allows", () => {
    for (const { name, control, options } of connector.fields) {
      if (control !== "select") continue;
      for (const { value } of options ?? []) {
        const config = { ...fixture.config, pkce_enabled: true, ...ownCertificate, [name]: value };
        // Another field may be asked for, such as the certificate of tls_client_auth.
        expect(messages(connector.kind, config)[name], `${name} = ${value}`).toBeUndefined();
      }
    }
  });

  it("gives advice only on what the engine can find", () =>
    expect(Object.keys(connector.advice).filter((code) => !rowOf(code))).toEqual([]));

  it("guides an admin to the callback URL", () =>
    expect(connector.guide.some((step) => step.copy === "callbackUrl")).toBe(true));
});

describe("the fields of OpenID Connect", () => {
  it("keeps an issuer letter for letter", () => {
    const { data } = parse("oidc", changed("oidc", { issuer: "https://id.acme.test/" }));
    expect(connectorFor("oidc").open(data?.config ?? {}, "https://pinned.test").issuer).toBe(
      "https://id.acme.test/",
    );
  });

  it("takes the pinned issuer when none is entered", () => {
    const { data } = parse("oidc", fixtures.oidc);
    expect(connectorFor("oidc").open(data?.config ?? {}, "https://pinned.test").issuer).toBe(
      "https://pinned.test",
    );
  });

  it.each([
    ["", "Enter the Auth URL"],
    ["idp.example.com/authorize", "Auth URL must start with https://"],
    ["ftp://idp.example.com", "Auth URL must start with https://"],
    ["javascript:alert(1)", "Auth URL must start with https://"],
    ["https:idp.example.com", "Auth URL must start with https://"],
    ["https://ada:pw@idp.example.com/", "Auth URL must not contain a user name or password"],
    ["https://idp.example.com/#top", "Auth URL must not contain a # part"],
    ["https://idp.example.com/a b", "Auth URL must not contain spaces"],
  ])("says what is wrong with the Auth URL %j", (auth_url, message) =>
    expect(messages("oidc", changed("oidc", { auth_url }))).toEqual({ auth_url: message }),
  );

  it("asks for a full Discovery URL", () =>
    expect(messages("oidc", changed("oidc", { discovery_url: "id.acme.test" }))).toEqual({
      discovery_url: "Enter a full URL that starts with https://",
    }));

  it("shows every problem at once", () =>
    expect(Object.keys(messages("oidc", {})).sort()).toEqual([
      "auth_url",
      "certs_url",
      "client_id",
      "client_secret",
      "token_url",
    ]));

  it("warns of a Token URL on another host, and of a space in the App ID", () =>
    expect(
      Object.keys(
        connectorFor("oidc").warnings(
          {
            client_id: "a b",
            auth_url: "https://a.test/authorize",
            token_url: "https://b.test/token",
          },
          [],
        ),
      ).sort(),
    ).toEqual(["client_id", "token_url"]));

  const plain = {
    auth_url: "http://idp.lan:8080/auth",
    token_url: "http://idp.lan:8080/token",
    certs_url: "http://idp.lan:8080/jwks",
  };
  it.each([
    [[], ["auth_url"]],
    [["idp.lan"], []],
    [["idp.lan:8080"], []],
    [["idp.lan:9090"], ["auth_url"]],
    [["lan"], ["auth_url"]],
  ])("with %j allowed, plain http is warned of once: %j", (allowed, expected) =>
    expect(Object.keys(connectorFor("oidc").warnings(plain, allowed))).toEqual(expected),
  );
});

describe("the Okta account URL", () => {
  const open = (config: Config) => {
    const { data } = parse("okta", changed("okta", { authorization_server_id: "", ...config }));
    return connectorFor("okta").open(data?.config ?? {}, null);
  };

  it.each([
    "https://acme.okta.com",
    "https://acme.okta.com/",
    " acme.okta.com ",
    "https://acme.okta.com/.well-known/openid-configuration",
    "https://acme.okta.com/oauth2/v1/authorize",
  ])("reads %j as the org authorization server", (okta_account) =>
    expect(open({ okta_account })).toMatchObject({
      authUrl: "https://acme.okta.com/oauth2/v1/authorize",
      tokenUrl: "https://acme.okta.com/oauth2/v1/token",
      certsUrl: "https://acme.okta.com/oauth2/v1/keys",
      issuer: "https://acme.okta.com",
    }),
  );

  it("takes a custom domain, and the issuer that Okta gives itself there", () =>
    expect(
      open({ okta_account: "login.acme.test", issuer: "https://acme.okta.com" }),
    ).toMatchObject({
      tokenUrl: "https://login.acme.test/oauth2/v1/token",
      issuer: "https://acme.okta.com",
    }));

  it.each([
    "https://acme-admin.okta.com",
    "acme-admin.oktapreview.com/",
    "https://acme-admin.okta-emea.com",
  ])("refuses the admin console %s", (okta_account) =>
    expect(messages("okta", changed("okta", { okta_account }))).toEqual({
      okta_account: "Use your Okta domain without -admin",
    }),
  );

  it.each(["my company", "acme", "https://acme.okta.com/app/UserHome", "https://"])(
    "refuses %j",
    (okta_account) =>
      expect(messages("okta", changed("okta", { okta_account }))).toEqual({
        okta_account: "Enter only your Okta domain, like https://my-company.okta.com",
      }),
  );

  it.each(["a/b", "v1", "../x", "a b"])("refuses the Authorization Server ID %j", (id) =>
    expect(
      messages(
        "okta",
        changed("okta", { okta_account: "acme.okta.com", authorization_server_id: id }),
      ),
    ).toEqual({ authorization_server_id: "Enter only the ID, such as default or aus1a2b3c4" }),
  );
});

describe("the authentik URL and slug", () => {
  const typed = { authentik_url: "https://ak.test/", application_slug: "gate" };

  it.each([
    typed,
    { authentik_url: "https://ak.test/application/o/gate/", application_slug: "old" },
    { authentik_url: "https://ak.test/application/o/gate/.well-known/openid-configuration" },
  ])("computes the endpoints from %j", (place) =>
    expect(parse("authentik", changed("authentik", place)).data?.config).toMatchObject({
      authentik_url: "https://ak.test",
      application_slug: "gate",
      token_url: "https://ak.test/application/o/token/",
      certs_url: "https://ak.test/application/o/gate/jwks/",
      issuer: "https://ak.test/application/o/gate/",
    }),
  );

  it("keeps what an admin typed over what it could compute", () =>
    expect(
      parse("authentik", changed("authentik", { ...typed, issuer: "https://ak.test/" })).data
        ?.config,
    ).toMatchObject({ issuer: "https://ak.test/" }));

  it("keeps a path that authentik is served under", () =>
    expect(
      parse("authentik", changed("authentik", { ...typed, authentik_url: "https://acme.test/sso" }))
        .data?.config,
    ).toMatchObject({ auth_url: "https://acme.test/sso/application/o/authorize/" }));

  it.each(["authorize", "token", "device", "userinfo", "introspect", "revoke"])(
    "refuses the reserved slug %s",
    (application_slug) =>
      expect(
        messages(
          "authentik",
          changed("authentik", { authentik_url: "https://ak.test", application_slug }),
        ).application_slug,
      ).toContain("is a path of authentik itself"),
  );
});

describe("the registry", () => {
  it.each(["", "__proto__", "constructor", "toString", "__esModule", "saml"])(
    "does not know the kind %j",
    (kind) => expect(findConnector(kind)).toBeNull(),
  );

  it("puts the recommended connectors first, and each at a place of its own", () => {
    const places = allConnectors.map(
      ({ group, order }) => GROUPS.findIndex(({ id }) => id === group) * 1000 + order,
    );
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(new Set(places).size).toBe(places.length);
    expect(allConnectors.slice(0, 3).map(({ label }) => label)).toEqual([
      "OpenID Connect",
      "Okta",
      "authentik",
    ]);
  });

  it("tells the connectors apart by their names and their tiles", () => {
    const distinct = (of: (connector: Connector) => string) =>
      expect(new Set(allConnectors.map(of)).size).toBe(allConnectors.length);
    distinct(({ label }) => label);
    distinct(({ tile }) => tile.monogram);
  });

  it("is the only place outside a connector's folder that knows its kind", () => {
    const root = join(import.meta.dirname, "../..");
    const sources = ["app", "components", "db", "lib"].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
        .map((path) => join(folder, path))
        .filter((path) => /\.tsx?$/.test(path) && !/(\.test|-for-tests)\.tsx?$/.test(path))
        .filter((path) => !path.startsWith(join("lib", "connectors")))
        // Rules name selectors as Cloudflare's API does, and some selectors are called like a kind.
        .filter((path) => !/^(components|lib)[\\/]policies[\\/]/.test(path))
        // SCIM dialects are told apart by who speaks them, whatever the login method is.
        .filter((path) => !/^lib[\\/]scim[\\/](quirks|simulated-client)[\\/]/.test(path))
        // The practice providers are a closed set of their own.
        .filter((path) => !path.endsWith("practice-schema.ts")),
    );
    expect(sources.length).toBeGreaterThan(50);
    const kinds = allConnectors.map(({ kind }) => kind).filter((kind) => kind !== "oidc");
    const literal = new RegExp(`["'\`](${kinds.join("|")})["'\`]`);
    const naming = sources.filter((path) => literal.test(readFileSync(join(root, path), "utf8")));
    expect(naming).toEqual([]);
  });
});
