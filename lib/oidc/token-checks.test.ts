import { createHash } from "node:crypto";
import { CompactSign } from "jose";
import { describe, expect, test } from "vitest";
import { PLANTED } from "./provider-for-tests";
import { repeatedMember } from "./token-checks";
import { provider, seconds, trip, useProvider } from "./trips-for-tests";

useProvider();

describe("a member that comes twice", () => {
  test.each<[string, string | null]>([
    ['{"a":1,"b":2}', null],
    ['{"sub":"u","sub":"root"}', "sub"],
    ['{"sub":"u" , "x":[{"sub":1},{"sub":2}],"y":{"sub":3}}', null],
    ['{"x":{"a":1,"a":2}}', null],
    ['{"x":"\\"sub\\":1,","sub":1,"e":"}","sub":2}', "sub"],
    ['{"s\\u0075b":1,"sub":2}', "sub"],
    ['{"a":["a","a"],"b":"a"}', null],
    ["{}", null],
  ])("%s", (json, name) => expect(repeatedMember(json)).toBe(name));

  test("claim smuggling: an ID token with sub twice is refused although its signature holds", async () => {
    const idToken = (claims: Record<string, unknown>) =>
      new CompactSign(Buffer.from(`${JSON.stringify(claims).slice(0, -1)},"sub":"root"}`))
        .setProtectedHeader({ alg: "RS256", kid: "key-1" })
        .sign(provider.keys.privateKey);
    const { diagnosis } = await trip({ idToken });
    expect(diagnosis).toMatchObject({
      code: "claim_twice",
      cause: expect.stringContaining('"sub"'),
    });
  });
});

describe("at_hash", () => {
  const hashOf = (token: string) =>
    createHash("sha256").update(token).digest().subarray(0, 16).toString("base64url");

  test("of the access token passes, with padding too", async () => {
    const at_hash = hashOf(PLANTED.accessToken);
    expect((await trip({ claims: { at_hash } })).status).toBe("passed");
    expect((await trip({ claims: { at_hash: `${at_hash}==` } })).status).toBe("passed");
  });

  test.each([hashOf("another-token"), "", "x".repeat(5000)])(
    "token substitution: %.20j is refused",
    async (at_hash) => {
      const { diagnosis, status } = await trip({ claims: { at_hash } });
      // An empty text states nothing.
      expect(at_hash === "" ? status : diagnosis?.code).toBe(
        at_hash === "" ? "passed" : "at_hash_mismatch",
      );
    },
  );
});

describe("clocks", () => {
  const at = (apart: number) => ({
    token: () => null,
    claims: { iat: seconds() + apart, exp: seconds() + apart + 300 },
  });

  test("a difference that a token passed with is a warning, and tolerance can cover it", async () => {
    const outcome = await trip(at(120));
    expect(outcome).toMatchObject({ status: "passed_with_warnings", diagnosis: null });
    expect(outcome.warnings).toMatchObject([
      { code: "iat_future", remedies: [{ set: { clock_tolerance: 130 } }] },
    ]);
  });

  test("an expired token that tolerance can cover offers as much, and passes with it", async () => {
    const late = { claims: { iat: seconds() - 400, exp: seconds() - 100 } };
    const { diagnosis } = await trip(late);
    expect(diagnosis).toMatchObject({
      code: "expired",
      remedies: [{ set: { clock_tolerance: 110 } }],
    });
    const again = await trip(late, { connection: { clockTolerance: 110 } });
    expect(again.diagnosis).toBeNull();
  });

  test("beyond five minutes nothing is offered", async () => {
    const { diagnosis } = await trip({ claims: { iat: seconds() - 900, exp: seconds() - 600 } });
    expect(diagnosis).toMatchObject({ code: "expired", remedies: [] });
  });
});
