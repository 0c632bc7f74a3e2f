import { describe, expect, test } from "vitest";
import { allConnectors } from "@/lib/connectors";
import type { Fixture } from "@/lib/connectors/definition";
import { loginMethodSchema } from "@/lib/login-methods/schema";
import { catalogue, type DiagnosisCode } from "../catalogue";
import type { Fault } from "../provider-for-tests";
import type { Connection, Fact } from "../schema";
import { provider, type Trip, trip, useProvider } from "../trips-for-tests";
import { remediesFor } from ".";
import { emailCandidates } from "./email";

useProvider();

const CODES = Object.keys(catalogue) as DiagnosisCode[];

/** Settings that leave every remedy something to do. */
const connection = (): Connection =>
  provider.connection({
    authUrl: "http://idp.example/authorize?response_mode=form_post",
    tokenUrl: "https://idp.example/token",
    certsUrl: "https://idp.example/jwks",
    userinfoUrl: "https://idp.example/userinfo",
    prompt: "login",
    maxAge: 60,
    dpop: true,
    parUrl: "https://idp.example/par",
    emailClaim: "upn",
    scopes: ["openid", "payroll"],
  });

const FACTS: Fact[] = Object.entries({
  Field: "Auth URL",
  Location: "https://idp.example/token/",
  jwks_uri: "https://idp.example/keys",
  "Accepted as": "Basic",
  "Issuer in the token": "https://other.example",
  "Other spelling": "Email",
  "Scopes to add": "groups, profile",
}).map(([label, value]) => ({ label, value }));

const PUBLISHED = {
  documentUrl: "https://idp.example/.well-known/openid-configuration",
  issuer: "https://idp.example",
  addresses: {
    auth_url: "https://idp.example/auth2",
    token_url: "https://idp.example/token2",
    certs_url: "https://idp.example/jwks2",
    userinfo_url: "https://idp.example/userinfo2",
  },
  scopes: ["openid", "email", "profile", "groups"],
  authMethods: [],
  parUrl: "https://idp.example/par2",
};

const remedies = (code: DiagnosisCode, changes: Partial<Connection> = {}, facts = FACTS) =>
  remediesFor(code, { connection: { ...connection(), ...changes }, facts, published: PUBLISHED });

describe.each(allConnectors)("$label", async (connector) => {
  const { fixture }: { fixture: Fixture } = await import(
    `../../connectors/${connector.kind.replaceAll("_", "-")}/fixture.ts`
  );
  const names = connector.fields.map(({ name }) => name);

  test("takes every remedy that its fields make possible", () => {
    const schema = loginMethodSchema(connector, []);
    const saved = schema.parse({ name: "x", config: fixture.config } as never).config;
    const changes = [{}, { pkce: false, dpop: false, emailClaim: "email" }];
    const all = CODES.flatMap((code) =>
      changes.flatMap((change) => remedies(code, { ...change, configKeys: names })),
    );
    for (const { label, set } of all) {
      const { error } = schema.safeParse({ name: "x", config: { ...saved, ...set } } as never);
      expect(error?.issues ?? [], label).toEqual([]);
    }
  });
});

describe("what no remedy does", () => {
  const every = () =>
    CODES.flatMap((code) => [{}, { pkce: false }].flatMap((c) => remedies(code, c)));

  test("touch a secret, or a setting that accepts what was refused as unsafe", () => {
    const keys = new Set(every().flatMap(({ set }) => Object.keys(set)));
    expect([...keys].sort()).toEqual([
      ...["auth_url", "certs_url", "dpop", "email_claim_name", "issuer", "max_age", "par_url"],
      ...["pkce_enabled", "prompt", "scopes", "token_auth_method", "token_url", "userinfo_url"],
    ]);
  });

  test("leave out openid, or repeat itself", () => {
    for (const code of CODES) {
      const sets = remedies(code).map(({ set }) => JSON.stringify(set));
      expect(new Set(sets).size).toBe(sets.length);
    }
    for (const { set } of every()) {
      if (Array.isArray(set.scopes)) expect(set.scopes).toContain("openid");
    }
  });

  test("answer a mix-up, a forged answer or an unsigned token", () => {
    const codes = [
      "callback_iss_mismatch",
      "callback_iss_missing",
      "state_mismatch",
      "nonce_mismatch",
    ];
    const unsigned = [
      "alg_none",
      "alg_symmetric",
      "at_hash_mismatch",
      "claim_twice",
      "issuer_tenant",
    ];
    for (const code of [...codes, ...unsigned]) expect(remedies(code as DiagnosisCode)).toEqual([]);
  });

  test("turn off the PKCE of a public client", () => {
    const isOff = ({ set }: { set: object }) => "pkce_enabled" in set && set.pkce_enabled === false;
    expect(remedies("pkce_refused").some(isOff)).toBe(true);
    const open = { tokenAuthMethod: "none" as const };
    expect(CODES.flatMap((code) => remedies(code, open)).some(isOff)).toBe(false);
  });

  test("set what the login method has no field for", () => {
    expect(remedies("token_not_found", { configKeys: ["certs_url"] })).toEqual([]);
  });
});

describe("a redirect", () => {
  const to = (Location: string, saved = "https://idp.example/token") =>
    remediesFor("token_redirect", {
      connection: { ...connection(), tokenUrl: saved },
      facts: [{ label: "Location", value: Location }],
      published: null,
    }).map(({ set }) => set.token_url);

  test.each([
    ["/token/", "https://idp.example/token/"],
    ["https://idp.example/oauth/token", "https://idp.example/oauth/token"],
    ["token/", "https://idp.example/token/"],
  ])("to %s is followed by hand", (location, expected) => expect(to(location)).toEqual([expected]));

  test("secrets to another host: a redirect elsewhere is not offered, only the slash", () => {
    for (const location of [
      "https://evil.example/token",
      "//evil.example",
      "https://u@idp.example/",
    ]) {
      expect(to(location)).not.toContainEqual(expect.stringContaining("evil"));
      expect(to(location)).not.toContainEqual(expect.stringContaining("u@"));
    }
  });

  test("from http to https on the same host is offered, the other way round not", () => {
    expect(to("https://idp.example/token", "http://idp.example/token")).toEqual([
      "https://idp.example/token",
    ]);
    expect(to("http://idp.example/token")).toEqual(["https://idp.example/token/"]);
  });
});

describe("a refused scope", () => {
  const refused = (description: string, scopes: string[], known: string[] = []) =>
    remediesFor("invalid_scope", {
      connection: { ...connection(), scopes },
      facts: [{ label: "Error description", value: description }],
      published: { ...PUBLISHED, scopes: known },
    }).map(({ set }) => set.scopes);

  test("is found in the provider's words", () =>
    expect(refused("unknown scope 'payroll'.", ["openid", "email", "payroll", "hr"])).toEqual([
      ["openid", "email", "hr"],
    ]));
  test("is found by what the provider publishes", () =>
    expect(refused("", ["openid", "email", "hr"], ["openid", "hr"])).toEqual([["openid", "hr"]]));
  test("is one of the unusual ones, where nothing tells", () =>
    expect(refused("no", ["openid", "email", "a", "b"])).toEqual([
      ["openid", "email", "b"],
      ["openid", "email", "a"],
      ["openid", "email"],
    ]));
});

test.each([
  [
    ["upn", "work_email", "email2", "mail"],
    ["mail", "work_email", "email2"],
  ],
  [["nickname", "recovery_email", "preferred_username"], ["preferred_username"]],
  [
    ["https://x.example/email", "login"],
    ["https://x.example/email", "login"],
  ],
  [
    ["emails", "user.email"],
    ["emails", "user.email"],
  ],
  [["a b", "profile"], []],
])("of %j, %j may stand in for the email", (claims, expected) =>
  expect(emailCandidates(claims)).toEqual(expected),
);

describe("the provider's own document", () => {
  const document = (changes: Record<string, unknown> = {}) => ({
    issuer: provider.origin,
    authorization_endpoint: `${provider.origin}/authorize`,
    token_endpoint: `${provider.origin}/token`,
    jwks_uri: `${provider.origin}/jwks`,
    ...changes,
  });
  const wrongToken = (): Trip => ({ connection: { tokenUrl: `${provider.origin}/tokens` } });
  const failing = async (fault: Fault, setup: Trip = wrongToken()) =>
    (await trip(fault, setup)).diagnosis;

  test("shows which address differs, offers it, and is in the trace", async () => {
    const outcome = await trip({ discovery: { body: document() } }, wrongToken());
    const published = `${provider.origin}/token`;
    expect(outcome.diagnosis?.remedies[0]).toEqual({
      label: `Use the published Token URL: ${published}`,
      set: { token_url: published },
    });
    expect(outcome.diagnosis?.facts).toContainEqual({
      label: "Published Token URL",
      value: published,
    });
    expect(outcome.diagnosis?.fixes[0]).toContain(`another Token URL: ${published}`);
    expect(outcome.steps.at(-1)?.exchanges.at(-1)?.url).toContain("/.well-known/");
  });

  test("is read once, and never for a run that passes", async () => {
    expect((await trip({ discovery: { body: document() } })).status).toBe("passed");
    expect(provider.hits.filter((path) => path.includes("well-known"))).toEqual([]);
    await trip({ discovery: { body: document() } }, wrongToken());
    expect(provider.hits.filter((path) => path.includes("well-known"))).toHaveLength(1);
  });

  test.each<[string, () => Fault["discovery"]]>([
    ["of another issuer", () => ({ body: document({ issuer: "https://evil.example" }) })],
    ["that is not there", () => ({ status: 404, body: "" })],
    ["that is a page", () => ({ type: "text/html", body: "<html>" })],
    ["that redirects", () => ({ status: 302, headers: { location: "/elsewhere" }, body: "" })],
    [
      "with a script for an address",
      () => ({ body: document({ token_endpoint: "javascript:1" }) }),
    ],
  ])("%s is not believed", async (_name, discovery) => {
    const diagnosis = await failing({ discovery: discovery() });
    expect(diagnosis?.facts.map(({ label }) => label)).not.toContain("Published Token URL");
    expect(JSON.stringify(diagnosis?.remedies)).not.toMatch(/evil|javascript/);
  });

  test("that hangs does not hold up the result", async () => {
    const setup = { ...wrongToken(), context: { timeoutMs: 60_000, totalMs: 60_000 } };
    const diagnosis = await failing({ discovery: "hang" }, setup);
    expect(diagnosis?.facts.map(({ label }) => label)).not.toContain("Published Token URL");
  });
});

test("secret in a remedy: what the provider repeats of a secret is not offered as a setting", async () => {
  const fault: Fault = {
    token: (form) => ({
      status: 302,
      headers: { location: `/token/?s=${encodeURIComponent(form.get("client_secret") ?? "")}` },
      body: "",
    }),
  };
  const { diagnosis } = await trip(fault);
  expect(diagnosis).toMatchObject({ code: "token_redirect" });
  expect(diagnosis?.remedies).toEqual([]);
});
