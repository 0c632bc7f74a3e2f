import { importJWK, type JWTVerifyResult, jwtVerify } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { makePair } from "@/lib/client-keys/make-pair";
import { audienceOf } from "./client-auth";
import { PLANTED, type Reply } from "./provider-for-tests";
import { prepare } from "./round-trip";
import type { Connection, PrivateJwk } from "./schema";
import { attempt, policy, provider, trip, useProvider } from "./trips-for-tests";

useProvider();
type Pair = Awaited<ReturnType<typeof makePair>>;
let pair: Pair;
beforeAll(async () => {
  pair = await makePair("sig", "RS256");
});

const byKey = (clientKey: PrivateJwk | null = pair.privateJwk) =>
  ({ tokenAuthMethod: "private_key_jwt", clientSecret: null, clientKey }) as const;
const REFUSED: Reply = { status: 401, body: { error: "invalid_client" } };

async function verified(form: URLSearchParams, { publicJwk }: Pair): Promise<JWTVerifyResult> {
  const key = await importJWK(publicJwk, publicJwk.alg);
  return jwtVerify(form.get("client_assertion") ?? "", key);
}

/** Answers like a provider that wants the assertion made out to one address. */
const wants = (audience: () => string) => (form: URLSearchParams) => {
  const [, payload = ""] = (form.get("client_assertion") ?? "").split(".");
  const { aud } = JSON.parse(Buffer.from(payload, "base64url").toString() || "{}");
  if (aud !== audience()) return REFUSED;
  const isReal = form.get("code") === PLANTED.code;
  return isReal ? null : { status: 400, body: { error: "invalid_grant" } };
};

describe("private_key_jwt", () => {
  it.each(["RS256", "PS256", "ES256"] as const)(
    "signs with %s, for a minute, once",
    async (alg) => {
      const own = await makePair("sig", alg);
      const forms: URLSearchParams[] = [];
      const token = (form: URLSearchParams) => {
        forms.push(form);
        return null;
      };
      for (const _ of [1, 2]) {
        const { status } = await trip({ token }, { connection: byKey(own.privateJwk) });
        expect(status).toBe("passed");
      }
      const seen = new Set<unknown>();
      for (const form of forms) {
        expect(form.get("client_assertion_type")).toBe(
          "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        );
        expect(form.get("client_id")).toBe("app-1");
        expect(form.has("client_secret")).toBe(false);
        const { payload, protectedHeader } = await verified(form, own);
        expect(protectedHeader).toEqual({ alg, kid: own.kid });
        expect(payload).toMatchObject({
          iss: "app-1",
          sub: "app-1",
          aud: `${provider.origin}/token`,
          jti: expect.any(String),
        });
        expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBeLessThanOrEqual(60);
        seen.add(payload.jti);
      }
      expect(seen.size).toBe(2);
    },
  );

  it("shows neither the assertion nor the key, even where the provider repeats the assertion", async () => {
    const told: string[] = [];
    const token = (form: URLSearchParams) => {
      told.push(form.get("client_assertion") ?? "");
      const error_description = `bad assertion ${told.at(-1)}`;
      return { status: 401, body: { error: "invalid_client", error_description } };
    };
    const text = JSON.stringify(await trip({ token }, { connection: byKey() }));
    for (const assertion of told) {
      for (const part of assertion.split(".")) expect(text).not.toContain(part);
    }
    for (const part of ["d", "p", "q", "dp", "dq", "qi"]) {
      expect(text).not.toContain(pair.privateJwk[part]);
    }
    expect(told.length).toBeGreaterThan(0);
  });

  it("explains a refusal by the key and the audience, and never sends a stored secret instead", async () => {
    const methods: (string | null)[] = [];
    const token = (form: URLSearchParams) => {
      methods.push(form.get("client_secret"));
      return REFUSED;
    };
    const { diagnosis } = await trip(
      { token },
      { connection: { ...byKey(), clientSecret: PLANTED.secret } },
    );
    expect(diagnosis).toMatchObject({ code: "client_key_refused", field: "token_auth_method" });
    expect(diagnosis?.cause).toContain(pair.kid);
    expect(methods.every((secret) => secret === null)).toBe(true);
  });

  it("finds out that the provider takes its issuer as audience, and offers to set it", async () => {
    const token = wants(() => provider.origin);
    const { diagnosis } = await trip({ token }, { connection: byKey() });
    expect(diagnosis).toMatchObject({
      code: "client_key_audience",
      field: "assertion_audience",
      remedies: [{ set: { assertion_audience: "issuer" } }],
    });
    const issuer = { ...byKey(), assertionAudience: "issuer" } as const;
    expect((await trip({ token }, { connection: issuer })).status).toBe("passed");
  });

  it("says that there is no key before anyone is sent anywhere", async () => {
    const context = { steps: [], advice: {} };
    const ready = await prepare(provider.connection(byKey(null)), policy, attempt, context);
    expect(ready).toMatchObject({ url: null, diagnosis: { code: "no_client_key" } });
  });
});

describe("the audience of an assertion", () => {
  const connection = (changes: Partial<Connection> = {}): Connection =>
    ({
      tokenUrl: "https://id.acme.test/token",
      issuer: "https://id.acme.test/",
      ...changes,
    }) as Connection;

  it.each([
    ["the Token URL", {}, undefined, "https://id.acme.test/token"],
    [
      "the issuer, when that is set",
      { assertionAudience: "issuer" },
      undefined,
      "https://id.acme.test/",
    ],
    [
      "the Token URL while the issuer is not known",
      { assertionAudience: "issuer", issuer: null },
      undefined,
      "https://id.acme.test/token",
    ],
    [
      "the Token URL at a PAR endpoint of the same host",
      {},
      "https://id.acme.test/par",
      "https://id.acme.test/token",
    ],
  ] as const)("is %s", (_, changes, sentTo, audience) =>
    expect(audienceOf(connection(changes), sentTo)).toBe(audience),
  );

  it.each([
    [
      "the Token URL",
      { tokenUrl: "https://thief.test/token", assertionAudience: "issuer" },
      undefined,
    ],
    ["the PAR address", {}, "https://thief.test/token"],
    [
      "the PAR address, with the issuer set",
      { assertionAudience: "issuer" },
      "https://thief.test/token",
    ],
  ] as const)(
    "names no other provider when %s is changed to a thief's (audience injection)",
    (_, changes, sentTo) =>
      expect(audienceOf(connection(changes), sentTo)).toBe("https://thief.test/token"),
  );
});
