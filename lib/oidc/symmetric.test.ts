import { CompactSign, exportJWK, exportSPKI } from "jose";
import { describe, expect, test } from "vitest";
import { type Fault, PLANTED } from "./provider-for-tests";
import { prepare } from "./round-trip";
import type { Connection } from "./schema";
import { attempt, policy, provider, trip, useProvider } from "./trips-for-tests";

useProvider();

const LONG = `${PLANTED.secret}-${PLANTED.secret}`;
const signedBy =
  (secret: string, alg = "HS256"): Fault["idToken"] =>
  (claims) =>
    new CompactSign(Buffer.from(JSON.stringify(claims)))
      .setProtectedHeader({ alg, kid: "key-1" })
      .sign(new TextEncoder().encode(secret));
const NO_KEYS: Fault = { jwks: { body: {} } };
const chosen: Partial<Connection> = { acceptHs256: true, clientSecret: LONG };
const codeOf = async (fault: Fault, connection: Partial<Connection>) => {
  const { status, diagnosis } = await trip(fault, { connection });
  return diagnosis?.code ?? status;
};

describe("an ID token signed with the client secret", () => {
  test("is refused unless that was chosen, and no button chooses it", async () => {
    const fault = { idToken: signedBy(LONG) };
    const { diagnosis } = await trip(fault, { connection: { clientSecret: LONG } });
    expect(diagnosis).toMatchObject({ code: "alg_symmetric", remedies: [] });
    expect(diagnosis?.fixes.join()).toContain("Accept HS256");
  });

  test("passes by choice where the provider publishes no keys", async () => {
    expect(await codeOf({ ...NO_KEYS, idToken: signedBy(LONG) }, chosen)).toBe("passed");
    const begun = await prepare(provider.connection(chosen), policy, attempt, {
      steps: [],
      advice: {},
    });
    expect(begun.diagnosis).toBeNull();
    expect(begun.steps[1]?.summary).toContain("HS256");
  });

  test("passes by the secret before this one too", async () => {
    const connection = { ...chosen, clientSecret: "n".repeat(40), previousClientSecret: LONG };
    expect(await codeOf({ ...NO_KEYS, idToken: signedBy(LONG) }, connection)).toBe("passed");
  });

  test("algorithm confusion: the public key is no secret, with the choice made or not", async () => {
    const pem = await exportSPKI(provider.keys.publicKey);
    const jwk = JSON.stringify(await exportJWK(provider.keys.publicKey));
    for (const secret of [pem, jwk, String(provider.jwk.n)]) {
      expect(await codeOf({ idToken: signedBy(secret) }, chosen)).toBe("hs256_keys_published");
      expect(await codeOf({ ...NO_KEYS, idToken: signedBy(secret) }, chosen)).toBe(
        "hs256_bad_signature",
      );
      expect(await codeOf({ idToken: signedBy(secret) }, {})).toBe("alg_symmetric");
    }
  });

  test.each<[string, Fault["idToken"], Partial<Connection>, string]>([
    ["another secret", signedBy("x".repeat(64)), chosen, "hs256_bad_signature"],
    ["HS384", signedBy(LONG, "HS384"), chosen, "alg_symmetric"],
    [
      "a short secret",
      signedBy("short"),
      { acceptHs256: true, clientSecret: "short" },
      "hs256_short_secret",
    ],
    [
      "no secret at all (public client)",
      signedBy(LONG),
      { acceptHs256: true, clientSecret: null, tokenAuthMethod: "none" },
      "alg_symmetric",
    ],
  ])("%s is refused", async (_name, idToken, connection, code) =>
    expect(await codeOf({ ...NO_KEYS, idToken }, connection)).toBe(code),
  );

  test("downgrade: a provider with keys cannot be spoken for by the secret", async () =>
    expect(await codeOf({ idToken: signedBy(LONG) }, chosen)).toBe("hs256_keys_published"));

  test("the choice changes nothing for tokens that keys have signed", async () => {
    expect(await codeOf({}, chosen)).toBe("passed");
    expect(await codeOf({ jwks: { body: {} } }, chosen)).toBe("kid_unknown");
  });
});
