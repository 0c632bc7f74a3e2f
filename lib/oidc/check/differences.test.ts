import { expect, test } from "vitest";
import { readDocument } from "../discovery-document";
import type { Connection } from "../schema";
import { differencesFrom } from "./differences";

const BASE = "https://id.acme.test";
const connection: Connection = {
  clientId: "app-1",
  clientSecret: "secret",
  tokenAuthMethod: "client_secret_post",
  authUrl: `${BASE}/authorize`,
  tokenUrl: `${BASE}/token`,
  certsUrl: `${BASE}/jwks`,
  userinfoUrl: null,
  issuer: BASE,
  scopes: ["openid", "email"],
  pkce: true,
  prompt: null,
  clockTolerance: 30,
  emailClaim: "email",
  claims: [],
};
const document = {
  issuer: BASE,
  authorization_endpoint: `${BASE}/authorize`,
  token_endpoint: `${BASE}/token`,
  jwks_uri: `${BASE}/jwks`,
  userinfo_endpoint: `${BASE}/userinfo`,
};
const MTLS = "https://mtls.acme.test";
const aliases = { mtls_endpoint_aliases: { token_endpoint: `${MTLS}/token` } };

type Expected = [name: string, adopt: unknown, severe: boolean][];

test.each<[string, Partial<Connection>, Record<string, unknown>, Expected]>([
  ["nothing where all is said and the same", {}, {}, []],
  ["nothing where the document says little", { pkce: true }, { scopes_supported: [] }, []],
  ["an issuer by one slash", {}, { issuer: `${BASE}/` }, [["issuer", `${BASE}/`, true]]],
  ["an issuer that is not set yet", { issuer: null }, {}, [["issuer", BASE, false]]],
  [
    "nothing with the template of all tenants",
    {
      issuer: "https://login.test/{tenantid}/v2.0",
      issuerTemplate: { template: "https://login.test/{tenantid}/v2.0", tenants: [] },
    },
    { issuer: "https://login.test/{tenantid}/v2.0" },
    [],
  ],
  [
    "keys at another path of the same host",
    {},
    { jwks_uri: `${BASE}/keys` },
    [["certs_url", `${BASE}/keys`, false]],
  ],
  [
    "ATTACK: keys on another host, to be red",
    {},
    { jwks_uri: "https://evil.test/jwks" },
    [["certs_url", "https://evil.test/jwks", true]],
  ],
  [
    "ATTACK: an address that cannot be called is not offered",
    {},
    { token_endpoint: "javascript:alert(1)" },
    [],
  ],
  ["nothing for user info that was never set", { userinfoUrl: null }, {}, []],
  [
    "user info that is set otherwise",
    { userinfoUrl: `${BASE}/me` },
    {},
    [["userinfo_url", `${BASE}/userinfo`, false]],
  ],
  [
    "PKCE that could be on",
    { pkce: false },
    { code_challenge_methods_supported: ["S256"] },
    [["pkce_enabled", true, false]],
  ],
  [
    "PKCE that is not listed: nothing to turn off",
    {},
    { code_challenge_methods_supported: ["plain"] },
    [["pkce_enabled", null, false]],
  ],
  [
    "a scope that is not listed",
    { scopes: ["openid", "email", "payroll"] },
    { scopes_supported: ["email", "profile"] },
    [["scopes", ["openid", "email"], false]],
  ],
  [
    "a way to prove the app that is not listed",
    {},
    { token_endpoint_auth_methods_supported: ["client_secret_basic", "none"] },
    [["token_auth_method", "client_secret_basic", false]],
  ],
  [
    "one that needs a key is not chosen for anyone",
    {},
    { token_endpoint_auth_methods_supported: ["private_key_jwt"] },
    [["token_auth_method", null, false]],
  ],
  [
    "nothing for Basic without encoding where Basic is listed",
    { tokenAuthMethod: "client_secret_basic_raw" },
    { token_endpoint_auth_methods_supported: ["client_secret_basic"] },
    [],
  ],
  [
    "nothing for pushed requests that are only offered",
    {},
    { pushed_authorization_request_endpoint: `${BASE}/par` },
    [],
  ],
  [
    "pushed requests that are demanded",
    {},
    {
      pushed_authorization_request_endpoint: `${BASE}/par`,
      require_pushed_authorization_requests: true,
    },
    [["par_url", `${BASE}/par`, false]],
  ],
  [
    "nothing for a client with a certificate at the host for certificates",
    { tokenAuthMethod: "tls_client_auth", tokenUrl: `${MTLS}/token` },
    { ...aliases, token_endpoint_auth_methods_supported: ["tls_client_auth", "none"] },
    [],
  ],
  [
    "that host for a client with a secret",
    { tokenUrl: `${MTLS}/token` },
    aliases,
    [["token_url", `${BASE}/token`, false]],
  ],
  [
    "a promise of the issuer in answers that was taken back",
    { requireIss: true },
    {},
    [["require_iss", false, false]],
  ],
])("finds %s", (_name, changes, said, expected) => {
  const url = `${BASE}/.well-known/openid-configuration`;
  const report = readDocument({ ...document, ...said }, url);
  const found = differencesFrom({ ...connection, ...changes }, report);
  expect(found.map(({ name, adopt, severe }) => [name, adopt, severe])).toEqual(expected);
});
