import { deflateRawSync } from "node:zlib";
import { CompactEncrypt, importJWK, SignJWT } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { makePair } from "@/lib/client-keys/make-pair";
import { openToken } from "./decrypt";
import { ProtocolFailure } from "./failure";
import { encode, other, provider, trip, useProvider } from "./trips-for-tests";

useProvider();
type Pair = Awaited<ReturnType<typeof makePair>>;
let rsa: Pair;
let elliptic: Pair;
let strange: Pair;
beforeAll(async () => {
  [rsa, elliptic, strange] = await Promise.all([
    makePair("enc", "RSA-OAEP-256"),
    makePair("enc", "ECDH-ES"),
    makePair("enc", "RSA-OAEP-256"),
  ]);
});

interface Lock {
  to?: Pair;
  alg?: string;
  enc?: string;
  header?: Record<string, unknown>;
}

async function locked(text: string, lock: Lock = {}): Promise<string> {
  const { to = rsa, alg = "RSA-OAEP-256", enc = "A256CBC-HS512", header } = lock;
  return new CompactEncrypt(new TextEncoder().encode(text))
    .setProtectedHeader({ alg, enc, kid: to.kid, cty: "JWT", ...header })
    .encrypt(await importJWK(to.publicJwk, alg));
}

const opens = () => ({ decryptionKeys: [elliptic.privateJwk, rsa.privateJwk] });
const sent = (lock: Lock = {}) => ({
  idToken: async (claims: Record<string, unknown>) => locked(await provider.sign(claims), lock),
});
const failing = async (idToken: () => unknown, connection = opens()) =>
  (await trip({ idToken }, { connection })).diagnosis?.code;
/** A token whose header promises anything; what follows is never looked at. */
const promising = (header: object) => `${encode(header)}.a.b.c.d`;

describe("an encrypted ID token", () => {
  const ENCS = ["A128GCM", "A256GCM", "A128CBC-HS256", "A256CBC-HS512"];
  it.each([
    ...ENCS.map((enc) => ["RSA-OAEP-256", enc] as const),
    ["RSA-OAEP", "A256GCM"] as const,
    ["ECDH-ES", "A256GCM"] as const,
    ["ECDH-ES+A256KW", "A128CBC-HS256"] as const,
  ])("with %s and %s is opened, and its signature verified", async (alg, enc) => {
    const to = alg.startsWith("ECDH") ? elliptic : rsa;
    const outcome = await trip(sent({ to, alg, enc }), { connection: opens() });
    expect(outcome.status).toBe("passed");
    expect(outcome.identity?.email?.value).toBe("ada@example.com");
    expect(outcome.claims?.idTokenHeader).toMatchObject({ alg: "RS256", kid: "key-1" });
    const facts = outcome.steps.find(({ step }) => step === "id_token")?.facts;
    expect(facts).toContainEqual({ label: "Encrypted with", value: `${alg}, ${enc}` });
  });

  it("is opened by any of the keys when it names none", async () => {
    const fault = sent({ header: { kid: undefined } });
    const connection = { decryptionKeys: [strange.privateJwk, rsa.privateJwk] };
    expect((await trip(fault, { connection })).status).toBe("passed");
  });

  it.each([
    ["there is no key", () => []],
    ["it names a key that is not here", () => [strange.privateJwk]],
    ["the keys are of another type", () => [elliptic.privateJwk]],
  ])("is explained when %s", async (_, keys) => {
    const outcome = await trip(sent(), { connection: { decryptionKeys: keys() } });
    expect(outcome.diagnosis?.code).toBe("id_token_encrypted");
    expect(outcome.diagnosis?.fixes.join()).toMatch(/decryption key/i);
  });

  it("is not opened by the key of another login method (CWE-639)", async () => {
    const fault = sent({ header: { kid: undefined } });
    const connection = { decryptionKeys: [strange.privateJwk] };
    expect((await trip(fault, { connection })).diagnosis?.code).toBe("jwe_undecryptable");
  });

  it("that was damaged on the way is not opened", async () => {
    const damage = async () => {
      const [head, key, iv, text = "", tag] = (await locked("{}")).split(".");
      return [head, key, iv, `${text.slice(0, -2)}AA`, tag].join(".");
    };
    expect(await failing(damage)).toBe("jwe_undecryptable");
  });

  it("shows nothing of what was inside in the trace of a failure", async () => {
    const inner: string[] = [];
    const outcome = await trip(
      {
        idToken: async (claims) => {
          inner.push(await provider.sign({ ...claims, aud: "someone-else" }));
          return locked(inner[0] ?? "");
        },
      },
      { connection: opens() },
    );
    expect(outcome.diagnosis?.code).toBe("aud_mismatch");
    expect(JSON.stringify(outcome)).not.toContain(inner[0]?.split(".")[2]);
  });
});

describe("encrypted user info", () => {
  const asked = async (inner: () => unknown) => {
    const body = await locked(String(await inner()));
    const connection = { ...opens(), userinfoUrl: `${provider.origin}/userinfo` };
    const userInfo = { body, type: "application/jwt" };
    return trip({ claims: { email: undefined }, userInfo }, { connection });
  };
  const about = { sub: "user-1", email: "ada@example.com" };

  it.each([
    ["that is signed too", () => provider.sign({ ...about, iss: provider.origin, aud: "app-1" })],
    ["that is not signed, like plain JSON", () => JSON.stringify(about)],
  ])("%s is read", async (_, inner) => {
    const outcome = await asked(inner);
    expect(outcome.identity?.email).toMatchObject({
      value: "ada@example.com",
      source: "user_info",
    });
  });

  it.each([
    ["of a stranger's signature", () => provider.sign(about, {}, other), "userinfo_bad_jwt"],
    ["with alg none", () => `${encode({ alg: "none" })}.${encode(about)}.`, "userinfo_bad_jwt"],
    ["about somebody else", () => JSON.stringify({ ...about, sub: "x" }), "userinfo_sub_mismatch"],
  ])("%s is refused", async (_, inner, code) => {
    expect((await asked(inner)).diagnosis?.code).toBe(code);
  });
});

describe("what is inside an encrypted ID token is believed no more than outside (anyone has the public key)", () => {
  const claims = () => ({
    iss: provider.origin,
    aud: "app-1",
    sub: "user-1",
    email: "boss@example.com",
    nonce: provider.nonce,
    iat: Math.floor(Date.now() / 1000),
    exp: Math.floor(Date.now() / 1000) + 300,
  });
  const unsigned = () => `${encode({ alg: "none" })}.${encode(claims())}.`;
  const hmac = (secret: string) =>
    new SignJWT(claims())
      .setProtectedHeader({ alg: "HS256" })
      .sign(new TextEncoder().encode(secret));

  it.each([
    ["claims without a signature", () => JSON.stringify(claims()), "jwe_not_signed"],
    ["alg none", unsigned, "alg_none"],
    [
      "HS256 with the public key as secret",
      () => hmac(JSON.stringify(provider.jwk)),
      "alg_symmetric",
    ],
    ["a stranger's signature", () => provider.sign(claims(), {}, other), "bad_signature"],
    [
      "another encrypted token",
      async () => locked(await provider.sign(claims())),
      "jwe_not_signed",
    ],
    ["another nonce", () => provider.sign({ ...claims(), nonce: "old" }), "nonce_mismatch"],
    ["an expired token", () => provider.sign({ ...claims(), exp: 1, iat: 0 }), "expired"],
    ["text that is not UTF-8", () => "\u{d800}", "jwe_not_signed"],
  ])("%s is refused", async (_, inner, code) => {
    expect(await failing(async () => locked(await inner()))).toBe(code);
  });

  it("a content type that is no token is refused", async () => {
    const fault = async () =>
      locked(await provider.sign(claims()), { header: { cty: "application/json" } });
    expect(await failing(fault)).toBe("jwe_not_signed");
  });
});

describe("an unsafe way to encrypt is refused before any key is touched", () => {
  it.each([
    ["RSA1_5 (Bleichenbacher)", { alg: "RSA1_5", enc: "A128GCM" }, "jwe_unsupported"],
    ["dir", { alg: "dir", enc: "A256GCM" }, "jwe_unsupported"],
    ["a password", { alg: "PBES2-HS256+A128KW", enc: "A128GCM", p2c: 1e9 }, "jwe_unsupported"],
    ["a shared key", { alg: "A128KW", enc: "A128GCM" }, "jwe_unsupported"],
    ["no algorithm", { enc: "A128GCM" }, "jwe_unsupported"],
    ["an unknown encryption", { alg: "RSA-OAEP-256", enc: "none" }, "jwe_unsupported"],
    ["compression", { alg: "RSA-OAEP-256", enc: "A128GCM", zip: "DEF" }, "jwe_compressed"],
    ["a critical extension", { alg: "RSA-OAEP-256", enc: "A128GCM", crit: ["x"] }, "crit_header"],
  ])("%s", async (_, header, code) => {
    expect(await failing(() => promising(header))).toBe(code);
  });

  it("a compressed bomb is not unpacked (CVE-2024-28176)", async () => {
    const bomb = deflateRawSync(Buffer.alloc(50_000_000)).toString("latin1");
    const header = { zip: "DEF" };
    const token = await locked(bomb, { header: {} });
    const [, ...rest] = token.split(".");
    const forged = [encode({ alg: "RSA-OAEP-256", enc: "A256CBC-HS512", ...header }), ...rest];
    expect(await failing(() => forged.join("."))).toBe("jwe_compressed");
  });

  it("an endless one is not decrypted", async () => {
    const endless = `${promising({ alg: "RSA-OAEP-256", enc: "A128GCM" })}${"a".repeat(300_000)}`;
    await expect(openToken(endless, [rsa.privateJwk])).rejects.toMatchObject({
      code: "id_token_malformed",
    });
  });

  it.each(["{", "", "%%%"])("a header of %j", async (head) => {
    await expect(openToken(`${head}.a.b.c.d`, [rsa.privateJwk])).rejects.toBeInstanceOf(
      ProtocolFailure,
    );
  });
});
