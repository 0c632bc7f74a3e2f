import { describe, expect, test } from "vitest";
import { issuerFailure } from "./issuer-failure";
import { remediesFor } from "./remedies";
import { callback, provider, trip, useProvider } from "./trips-for-tests";

const MINE = "https://login.example/11111111-2222-3333-4444-555555555555/v2.0";
const OTHERS = "https://login.example/99999999-2222-3333-4444-555555555555/v2.0";
const VERSION_1 = "https://sts.example/11111111-2222-3333-4444-555555555555/";

test.each([
  ["another issuer", "https://a.example", "https://b.example", "iss_mismatch"],
  ["a slash", "https://a.example/", "https://a.example", "iss_mismatch"],
  ["a placeholder", MINE, "https://login.example/{tenantid}/v2.0", "issuer_template"],
  ["another tenant", OTHERS, MINE, "issuer_tenant"],
  ["another version of the same tenant", VERSION_1, MINE, "issuer_version"],
  ["only upper case", MINE.toUpperCase(), MINE, "iss_mismatch"],
])("%s is %s", (_name, token, expected, code) => {
  expect(issuerFailure({ iss: token }, expected, null).code).toBe(code);
});

useProvider();

describe("the issuer of a token", () => {
  test("is offered once its signature held", async () => {
    const { diagnosis } = await trip({ claims: { iss: `${provider.origin}/` } });
    expect(diagnosis?.remedies[0]).toEqual({
      label: `Use ${provider.origin}/ as Issuer`,
      set: { issuer: `${provider.origin}/` },
    });
  });

  test("mix-up: is not offered where the callback named the configured issuer", async () => {
    const { diagnosis } = await trip(
      { claims: { iss: "https://evil.example" } },
      { query: callback({ iss: provider.origin }) },
    );
    expect(diagnosis).toMatchObject({ code: "iss_mismatch", remedies: [] });
  });

  test("mix-up: is not offered for an answer in another issuer's name", async () => {
    const { diagnosis } = await trip({}, { query: callback({ iss: "https://evil.example" }) });
    expect(diagnosis).toMatchObject({ code: "callback_iss_mismatch", remedies: [] });
  });

  test.each(["javascript:alert(1)", "https://a.example/{tenantid}", "https://u@a.example", "x"])(
    "is not offered when it is %s",
    (issuer) => {
      const facts = [{ label: "Issuer in the token", value: issuer }];
      const evidence = { connection: provider.connection(), facts, published: null };
      expect(remediesFor("iss_mismatch", evidence)).toEqual([]);
    },
  );
});
