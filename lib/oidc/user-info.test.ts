import { describe, expect, test } from "vitest";
import type { Connection } from "./schema";
import { encode, provider, type Trip, trip, useProvider } from "./trips-for-tests";

useProvider();

describe("user info", () => {
  const asking = (changes: Partial<Connection> = {}): Trip => ({
    connection: { userinfoUrl: `${provider.origin}/userinfo`, ...changes },
  });
  const noEmail = { email: undefined };
  const userInfo = (body: unknown, reply = {}) => ({
    claims: noEmail,
    userInfo: { body, ...reply },
  });

  test("is not asked when the ID token has everything", async () => {
    expect((await trip({}, asking())).status).toBe("passed");
    expect(provider.hits).not.toContain("/userinfo");
  });

  test("fills in an email and a claim that the ID token lacks, and says where they came from", async () => {
    const outcome = await trip(
      userInfo({ sub: "user-1", email: "ada@example.com", dept: "R&D" }),
      asking({ claims: ["dept"] }),
    );
    expect(outcome).toMatchObject({
      status: "passed",
      identity: { email: { source: "user_info" }, custom: [{ name: "dept", source: "user_info" }] },
    });
  });

  test("token substitution: user info about another subject is ignored", async () => {
    const outcome = await trip(userInfo({ sub: "user-2", email: "root@example.com" }), asking());
    expect(outcome.diagnosis?.code).toBe("userinfo_sub_mismatch");
    expect(JSON.stringify([outcome.identity, outcome.claims])).not.toContain("root@example.com");
  });

  test.each([
    ["without sub", { body: { email: "a@b.c" } }, "userinfo_sub_mismatch"],
    [
      "401",
      { status: 401, headers: { "www-authenticate": "Bearer" }, body: "" },
      "userinfo_refused",
    ],
    ["500", { status: 500, body: "" }, "userinfo_server_error"],
    ["404", { status: 404, body: "" }, "userinfo_status"],
    ["429", { status: 429, body: "" }, "userinfo_rate_limited"],
    [
      "bot check",
      { status: 503, type: "text/html", body: "<html><title>Just a moment..." },
      "userinfo_blocked_by_check",
    ],
    ["HTML", { type: "text/html", body: "<html>" }, "userinfo_not_json"],
    [
      "unsigned JWT",
      {
        type: "application/jwt",
        body: `${encode({ alg: "none" })}.${encode({ sub: "user-1", email: "a@b.c" })}.`,
      },
      "userinfo_bad_jwt",
    ],
    ["hang", "hang", "userinfo_timeout"],
  ] as const)(
    "%s is the failure where the email was to come from there, and the claims are kept",
    async (_name, reply, code) => {
      const outcome = await trip(
        { claims: noEmail, userInfo: reply },
        { ...asking(), context: reply === "hang" ? { timeoutMs: 1000 } : {} },
      );
      expect(outcome).toMatchObject({
        status: "failed",
        diagnosis: { code, step: "user_info", field: "userinfo_url" },
        warnings: [],
        identity: { sub: { value: "user-1" }, email: null },
        claims: { idTokenPayload: { sub: "user-1" } },
      });
      expect(outcome.steps.at(-1)).toMatchObject({ step: "user_info", status: "failed" });
    },
  );

  test("a signed JWT is verified and used", async () => {
    const jwt = await provider.sign({
      iss: provider.origin,
      aud: "app-1",
      sub: "user-1",
      email: "ada@example.com",
    });
    const outcome = await trip(userInfo(jwt, { type: "application/jwt" }), asking());
    expect(outcome).toMatchObject({
      status: "passed",
      identity: { email: { source: "user_info" } },
    });
  });

  test("failing does not fail a person whose ID token is complete but for a custom claim", async () => {
    const outcome = await trip(
      { userInfo: { status: 500, body: "" } },
      asking({ claims: ["dept"] }),
    );
    expect(outcome.status).toBe("passed_with_warnings");
    expect(outcome.warnings.map(({ code }) => code)).toEqual([
      "userinfo_server_error",
      "claims_missing",
    ]);
  });

  test("that has no email either is not told to be set, and one that is not set is", async () => {
    const fixes = async (setup: Trip) => {
      const outcome = await trip(userInfo({ sub: "user-1" }), setup);
      expect(outcome.diagnosis?.code).toBe("no_email");
      const all = [outcome.diagnosis, ...outcome.warnings].flatMap((one) => one?.fixes ?? []);
      return all.filter((fix) => fix.includes("User info URL"));
    };
    expect(await fixes(asking({ claims: ["dept"] }))).toEqual([]);
    expect(await fixes({ connection: { claims: ["dept"] } })).toEqual([
      expect.stringContaining("The User info URL is not set: set it"),
      expect.stringContaining("The User info URL is not set: set it"),
    ]);
  });
});
