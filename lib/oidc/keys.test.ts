import { afterAll, beforeAll, expect, test } from "vitest";
import { checkKeys } from "./keys";
import { startTestProvider, type TestProvider } from "./provider-for-tests";

const policy = { allow: ["127.0.0.1"] };
let provider: TestProvider;
beforeAll(async () => {
  provider = await startTestProvider();
});
afterAll(() => provider.stop());

test("counts the signing keys and names their algorithms", async () => {
  provider.fault = {
    jwks: {
      body: {
        keys: [
          provider.jwk,
          { kty: "EC", crv: "P-256", x: "a", y: "b" },
          { kty: "RSA", use: "enc", n: "a", e: "AQAB" },
          { kty: "RSA", key_ops: ["encrypt"], n: "a", e: "AQAB" },
          { kty: "oct", k: "secret" },
          "not a key",
        ],
      },
    },
  };
  expect(await checkKeys(policy, `${provider.origin}/jwks`)).toEqual({
    count: 2,
    algs: ["RS256", "ES256"],
  });
});

test("no more than 100 keys are looked at", async () => {
  provider.fault = { jwks: { body: { keys: Array.from({ length: 500 }, () => provider.jwk) } } };
  expect((await checkKeys(policy, `${provider.origin}/jwks`)).count).toBe(100);
});

test("a failure is an AppError on the field, with what to do", async () => {
  provider.fault = { jwks: { body: {} } };
  await expect(checkKeys(policy, `${provider.origin}/jwks`)).rejects.toMatchObject({
    name: "AppError",
    code: "outbound_failed",
    message: expect.stringMatching(/^This address returned no signing keys\./),
    fix: expect.stringMatching(/signing key/),
    fields: { certs_url: [expect.stringMatching(/no signing keys/)] },
  });
});

test.each([
  ["https://10.0.0.1/jwks", "outbound_blocked"],
  ["http://127.0.0.1:1025/jwks", "outbound_failed"],
  ["http://93.184.216.34/jwks", "outbound_failed"],
  ["nonsense", "outbound_failed"],
])("an address that cannot be asked says so on the field: %s", async (url, code) => {
  await expect(checkKeys(policy, url)).rejects.toMatchObject({
    code,
    fields: { certs_url: [expect.stringMatching(/\.$/)] },
  });
});
