import { beforeEach, describe, expect, it, vi } from "vitest";
import { connectorFor } from "@/lib/connectors";
import type { Config } from "@/lib/connectors/definition";
import type { Result } from "@/lib/kit/result";
import type { DiscoveryReport } from "@/lib/oidc/discovery-schema";
import { DiscoverySession } from "./discovery-session";
import { formValues } from "./field-values";

const BASE = "https://id.acme.test";
const DOCUMENT = `${BASE}/.well-known/openid-configuration`;

const report = (change: Partial<DiscoveryReport> = {}): DiscoveryReport => ({
  documentUrl: DOCUMENT,
  issuer: BASE,
  issuerMatches: true,
  discovered: {
    issuer: BASE,
    auth_url: `${BASE}/authorize`,
    token_url: `${BASE}/token`,
    certs_url: `${BASE}/jwks`,
    pkce_enabled: true,
    scopes: ["openid", "email", "profile", "groups"],
  },
  missing: [],
  scopesSupported: [],
  claimsSupported: [],
  algs: ["RS256"],
  offers: {
    responseTypes: ["code"],
    responseModes: [],
    codeChallengeMethods: ["S256"],
    tokenAuthMethods: [],
    idTokenEncryptionAlgs: [],
    prompts: [],
    dpopAlgs: [],
    parUrl: null,
    requiresPar: false,
    issParameter: false,
    certificateBoundTokens: false,
    mtlsTokenUrl: null,
  },
  notes: [],
  tips: [],
  ...change,
});

/** A form without a browser, and a provider that answers when it is told to. */
function desk(kind: "oidc" | "okta" | "authentik", saved: Config | null = null) {
  const connector = connectorFor(kind);
  const values = formValues(connector, saved ?? {});
  const asked: { config: Config; signal: AbortSignal }[] = [];
  const answers: ((result: Result<DiscoveryReport>) => void)[] = [];
  const session = new DiscoverySession(
    connector,
    {
      values: () => values,
      write: (change) => void Object.assign(values, change),
      ask: (_kind, config, signal) => {
        asked.push({ config, signal });
        return new Promise((resolve, reject) => {
          answers.push(resolve);
          signal.addEventListener("abort", () => reject(signal.reason));
        });
      },
    },
    saved,
  );
  return {
    session,
    values,
    asked,
    type(name: string, value: unknown) {
      values[name] = value;
      session.edited(
        name,
        connector.fields.find((field) => field.name === name)?.discovers === true,
      );
    },
    async answer(result: Result<DiscoveryReport>, at = answers.length - 1) {
      answers[at]?.(result);
      await vi.advanceTimersByTimeAsync(0);
    },
    phase: () => session.current().phase,
  };
}

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

describe("autofill", () => {
  it("is idle until there is an address to read", () => {
    const { session, asked, phase } = desk("oidc");
    session.settle();
    expect(phase()).toEqual({ name: "idle" });
    expect(asked).toEqual([]);
  });

  it("is loading while the provider has not answered, with a spinner after 200 ms", async () => {
    const { type, session, phase } = desk("oidc");
    type("discovery_url", DOCUMENT);
    session.settle();
    expect(phase()).toMatchObject({ name: "loading", url: DOCUMENT, slow: false });
    await vi.advanceTimersByTimeAsync(200);
    expect(phase()).toMatchObject({ name: "loading", slow: true });
  });

  it("is filled when everything was found, and says what it filled", async () => {
    const { type, session, values, answer, phase } = desk("oidc");
    type("discovery_url", DOCUMENT);
    session.settle();
    await answer({ ok: true, data: report() });
    expect(phase()).toMatchObject({
      name: "filled",
      summary: "Filled Auth, Token and Certificate URL, PKCE (S256), 4 scopes, issuer",
    });
    expect(values).toMatchObject({ ...report().discovered });
    expect(session.current().sources).toMatchObject({ auth_url: "discovery", issuer: "discovery" });
  });

  it("is partial when a key is absent, and says which field to fill by hand", async () => {
    const { type, session, answer, phase } = desk("oidc");
    type("discovery_url", DOCUMENT);
    session.settle();
    const { certs_url, ...discovered } = report().discovered;
    await answer({ ok: true, data: report({ discovered, missing: ["jwks_uri"] }) });
    expect(phase()).toMatchObject({
      name: "partial",
      summary: "Filled 2 of 3. jwks_uri is missing: enter the Certificate URL by hand.",
      missing: [{ name: "certs_url" }],
    });
    type("certs_url", certs_url);
    expect(phase()).toEqual({ name: "idle" });
  });

  it("is a mismatch when a typed value differs, and overwrites nothing until it is asked to", async () => {
    const { type, session, values, answer, phase } = desk("oidc");
    type("token_url", "https://mine.test/token");
    type("discovery_url", DOCUMENT);
    session.settle();
    await answer({ ok: true, data: report() });
    expect(phase()).toMatchObject({
      name: "mismatch",
      otherIssuer: null,
      differences: [
        {
          name: "token_url",
          current: "https://mine.test/token",
          found: `${BASE}/token`,
          severe: false,
        },
      ],
    });
    expect(values).toMatchObject({
      token_url: "https://mine.test/token",
      auth_url: `${BASE}/authorize`,
    });
    session.use("token_url", `${BASE}/token`);
    expect(values.token_url).toBe(`${BASE}/token`);
    expect(phase()).toMatchObject({ name: "filled" });
  });

  it("does not take over the issuer of a document that names another one", async () => {
    const { type, session, values, answer, phase } = desk("oidc");
    type("discovery_url", DOCUMENT);
    session.settle();
    const issuer = "https://evil.test";
    const discovered = { ...report().discovered, issuer };
    await answer({ ok: true, data: report({ issuer, issuerMatches: false, discovered }) });
    expect(values.issuer).toBe("");
    expect(phase()).toMatchObject({
      name: "mismatch",
      otherIssuer: issuer,
      differences: [{ name: "issuer", found: issuer, severe: true }],
    });
    session.use("issuer", issuer);
    expect(phase()).toMatchObject({ name: "filled" });
  });

  it("is an error in the provider's own terms, with the usual place to try instead", async () => {
    const { type, session, answer, phase, asked } = desk("oidc");
    type("discovery_url", `${BASE}/authorize`);
    session.settle();
    const message = "The server answered with a web page, not JSON.";
    await answer({ ok: false, code: "discovery_failed", message, fix: "Paste the issuer." });
    expect(phase()).toEqual({
      name: "error",
      url: `${BASE}/authorize`,
      message,
      fix: "Paste the issuer.",
      retry: DOCUMENT,
    });
    session.retry(DOCUMENT);
    expect(asked.at(-1)?.config).toEqual({ discovery_url: DOCUMENT });
  });

  it("offers no other place on a server that did not answer at all", async () => {
    const { type, session, answer, phase } = desk("oidc");
    type("discovery_url", `${BASE}/authorize`);
    session.settle();
    await answer({ ok: false, code: "outbound_failed", message: "It did not answer in time." });
    expect(phase()).toMatchObject({ name: "error", retry: null });
  });

  it("takes the values of a remedy, and marks them as changed by the check", async () => {
    const { session, values } = desk("oidc");
    session.apply({ token_auth_method: "client_secret_basic" });
    expect(values.token_auth_method).toBe("client_secret_basic");
    expect(session.current().sources.token_auth_method).toBe("check");
  });
});

describe("while an answer is under way", () => {
  it("gives up on it when the address is edited", async () => {
    const { type, session, values, asked, answer, phase } = desk("oidc");
    type("discovery_url", DOCUMENT);
    session.settle();
    type("discovery_url", "https://other.test");
    expect(asked[0]?.signal.aborted).toBe(true);
    expect(phase()).toEqual({ name: "idle" });
    await answer({ ok: true, data: report() }, 0);
    expect(values.auth_url).toBe("");
  });

  it("keeps what is typed into a field that discovery would fill", async () => {
    const { type, session, values, answer, phase } = desk("oidc");
    type("discovery_url", DOCUMENT);
    session.settle();
    type("certs_url", "https://mine.test/keys");
    await answer({ ok: true, data: report() });
    expect(values.certs_url).toBe("https://mine.test/keys");
    expect(phase()).toMatchObject({ name: "mismatch" });
  });

  it("reads an address once, however often its field is left", () => {
    const { type, session, asked } = desk("oidc");
    type("discovery_url", DOCUMENT);
    session.settle();
    session.settle();
    expect(asked).toHaveLength(1);
  });

  it("reads a pasted address after 400 ms", async () => {
    const { type, session, asked } = desk("oidc");
    session.pasted();
    type("discovery_url", DOCUMENT);
    session.pasted();
    await vi.advanceTimersByTimeAsync(399);
    expect(asked).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(asked).toHaveLength(1);
  });
});

describe("undo", () => {
  it("puts back what was filled, and leaves what was edited since", async () => {
    const { type, session, values, answer } = desk("oidc");
    type("discovery_url", DOCUMENT);
    session.settle();
    await answer({ ok: true, data: report() });
    type("token_url", "https://mine.test/token");
    expect(session.current().sources.token_url).toBe("edited");
    session.undo();
    expect(values).toMatchObject({
      auth_url: "",
      certs_url: "",
      pkce_enabled: false,
      scopes: ["openid", "email", "profile"],
      token_url: "https://mine.test/token",
    });
    expect(session.current().sources).toEqual({ discovery_url: "typed", token_url: "edited" });
  });

  it("is not offered when nothing was filled", async () => {
    const saved = { ...report().discovered, discovery_url: DOCUMENT };
    const { session, answer, phase } = desk("oidc", saved);
    session.fetch();
    await answer({ ok: true, data: report() });
    expect(phase()).toMatchObject({
      name: "filled",
      undo: null,
      summary: "Every value matches what your provider publishes.",
    });
  });
});

describe("a saved login method", () => {
  const saved = { ...report().discovered, discovery_url: DOCUMENT, certs_url: `${BASE}/old` };

  it("is not read again until someone asks", () => {
    const { session, asked } = desk("oidc", saved);
    session.settle();
    expect(asked).toEqual([]);
    session.fetch();
    expect(asked).toHaveLength(1);
  });

  it("shows drift beside the saved value", async () => {
    const { session, values, answer, phase } = desk("oidc", saved);
    session.fetch();
    await answer({ ok: true, data: report() });
    expect(values.certs_url).toBe(`${BASE}/old`);
    expect(phase()).toMatchObject({ name: "mismatch", differences: [{ name: "certs_url" }] });
  });

  it("asks for no scope and no PKCE that it has already", async () => {
    const more = ["groups", "openid", "email", "profile", "roles"];
    const { session, answer, phase } = desk("oidc", {
      ...report().discovered,
      discovery_url: DOCUMENT,
      scopes: more,
    });
    session.fetch();
    const discovered = { ...report().discovered, pkce_enabled: false };
    await answer({ ok: true, data: report({ discovered }) });
    expect(phase()).toMatchObject({ name: "filled" });
  });
});

describe("fields that follow from others", () => {
  it("takes an application URL apart and computes the endpoints at once", () => {
    const { type, session, values, asked } = desk("authentik");
    type("authentik_url", "https://ak.test/application/o/gate/");
    session.settle();
    expect(values).toMatchObject({
      authentik_url: "https://ak.test",
      application_slug: "gate",
      certs_url: "https://ak.test/application/o/gate/jwks/",
    });
    expect(session.current().sources.certs_url).toBe("computed");
    expect(asked).toHaveLength(1);
  });

  it("follows a changed slug where the saved value was computed, and only there", () => {
    const place = { authentik_url: "https://ak.test", application_slug: "old" };
    const derived = connectorFor("authentik").derive(place);
    const { type, session, values } = desk("authentik", {
      ...place,
      ...derived,
      issuer: "https://ak.test/",
    });
    type("application_slug", "new");
    session.settle();
    expect(values.certs_url).toBe("https://ak.test/application/o/new/jwks/");
    expect(values.issuer).toBe("https://ak.test/");
  });

  it("reads the document of the Authorization Server ID that was entered", () => {
    const { type, session, asked } = desk("okta");
    type("okta_account", "acme.okta.com");
    session.settle();
    type("authorization_server_id", "default");
    session.settle();
    expect(asked.map(({ config }) => config)).toEqual([
      { okta_account: "acme.okta.com", authorization_server_id: "" },
      { okta_account: "acme.okta.com", authorization_server_id: "default" },
    ]);
  });
});
