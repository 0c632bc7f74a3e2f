import { describe, expect, it } from "vitest";
import { PLANTED } from "./provider-for-tests";
import { provider, trip, useProvider } from "./trips-for-tests";

useProvider();

const OLD = "0ld-planted-secret_9f3e";
const both = { previousClientSecret: OLD };

/** A provider that looks at the secret before the code. */
const accepts =
  (...secrets: string[]) =>
  (form: URLSearchParams) => {
    if (!secrets.includes(form.get("client_secret") ?? "")) {
      return { status: 401, body: { error: "invalid_client" } };
    }
    return form.get("code") === PLANTED.code
      ? null
      : { status: 400, body: { error: "invalid_grant" } };
  };

describe("two client secrets at once", () => {
  it.each([
    ["only the old one is accepted", [OLD], "passed_with_warnings", "old_secret_still_needed"],
    ["only the new one is accepted", [PLANTED.secret], "passed", "old_secret_not_needed"],
    ["both are accepted", [PLANTED.secret, OLD], "passed", "old_secret_not_needed"],
  ] as const)(
    "%s: the sign-in works and the code is spent once",
    async (_, secrets, status, code) => {
      const codes: (string | null)[] = [];
      const answer = accepts(...secrets);
      const outcome = await trip(
        {
          token: (form) => {
            codes.push(form.get("code"));
            return answer(form);
          },
        },
        { connection: both },
      );
      expect(outcome.status).toBe(status);
      expect(outcome.warnings.map((warning) => warning.code)).toEqual([code]);
      expect(codes.filter((one) => one === PLANTED.code)).toHaveLength(1);
      expect(codes.at(-1)).toBe(PLANTED.code);
      expect(JSON.stringify(outcome)).not.toContain(OLD);
    },
  );

  it("offers to remove the old one only when the new one has proven itself", async () => {
    const remedies = async (...secrets: string[]) =>
      (await trip({ token: accepts(...secrets) }, { connection: both })).warnings.flatMap(
        (warning) => warning.remedies,
      );
    expect(await remedies(PLANTED.secret)).toEqual([
      { label: expect.any(String), set: { previous_client_secret: null } },
    ]);
    expect(await remedies(OLD)).toEqual([]);
  });

  it("neither is accepted: says so, about the new one", async () => {
    const { diagnosis } = await trip({ token: accepts("another") }, { connection: both });
    expect(diagnosis).toMatchObject({ code: "invalid_client", field: "client_secret" });
  });

  it("a provider that looks at the code first is asked with the new one", async () => {
    const spent: (string | null)[] = [];
    const token = (form: URLSearchParams) => {
      if (form.get("code") !== PLANTED.code)
        return { status: 400, body: { error: "invalid_grant" } };
      spent.push(form.get("client_secret"));
      return null;
    };
    expect((await trip({ token }, { connection: both })).status).toBe("passed");
    expect(spent).toEqual([PLANTED.secret]);
  });

  it.each([
    ["there is one secret", {}],
    ["both are the same", { previousClientSecret: PLANTED.secret }],
    ["no secret is sent", { ...both, tokenAuthMethod: "none", pkce: true }],
  ] as const)("asks nothing beforehand when %s", async (_, connection) => {
    await trip({}, { connection });
    expect(provider.hits.filter((path) => path === "/token")).toHaveLength(1);
  });
});
