import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { auditLog } from "@/db/schema/audit-log";
import { loginMethods } from "@/db/schema/login-methods";
import { useTestDatabase } from "@/db/testing";
import { firstOwner } from "@/lib/admins/testing";
import type { Config } from "@/lib/connectors/definition";
import type { Owner } from "@/lib/kit/actor";
import { type AppError, isAppError } from "@/lib/kit/errors";
import type { RunCapability } from "@/lib/kit/run-capability";
import { setOutboundAllow } from "@/lib/team/store";
import { setLoginMethodEnabled } from "./enabled/store";
import { pinIssuer } from "./pinned-issuer/store";
import { MAX_LOGIN_METHODS } from "./schema";
import {
  addLoginMethod,
  changeLoginMethod,
  getLoginMethod,
  listLoginMethods,
  openLoginMethod,
  removeLoginMethod,
} from "./store";

useTestDatabase();
let ada: Owner;
beforeAll(async () => {
  ada = await firstOwner();
});
beforeEach(async () => {
  await (await database()).execute(sql`truncate login_methods, audit_log cascade`);
});

const SECRET = "planted-secret-7d1f";
const config: Config = {
  client_id: "gatehouse",
  client_secret: SECRET,
  auth_url: "https://id.acme.test/authorize",
  token_url: "https://id.acme.test/token",
  certs_url: "https://id.acme.test/jwks",
};
const add = (name = "Acme", change: Config = {}, kind = "oidc") =>
  addLoginMethod(ada, { kind, values: { name, config: { ...config, ...change } } });
const change = (made: { id: string; version: number }, values: Config, name = "Acme") =>
  changeLoginMethod(ada, { ...made, values: { name, config: values } });
const run = (loginMethodId: string) => ({ runId: randomUUID(), loginMethodId }) as RunCapability;

async function refusal(promise: Promise<unknown>): Promise<AppError> {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!isAppError(error)) throw new Error(`expected a refusal, got ${String(error)}`);
  return error;
}

/** Everything that was stored, as text. */
async function stored(): Promise<string> {
  const db = await database();
  const rows = [await db.select().from(loginMethods), await db.select().from(auditLog)];
  return JSON.stringify(rows);
}

const audit = async () => {
  const db = await database();
  return db.select().from(auditLog).orderBy(auditLog.id);
};

describe("adding a login method", () => {
  it("stores what was entered, with defaults, and tells no secret", async () => {
    const made = await add();
    expect(made).toMatchObject({ kind: "oidc", name: "Acme", enabled: true, version: 1 });
    expect(made.config).toMatchObject({
      scopes: ["openid", "email", "profile"],
      clock_tolerance: 30,
    });
    expect(made.secrets).toEqual({
      client_secret: { setAt: expect.any(String), setBy: ada.email },
    });
    expect(await getLoginMethod(ada, made.id)).toEqual(made);
    expect(await listLoginMethods(ada)).toEqual([made]);
  });

  it("keeps a planted secret out of every row, answer and audit entry", async () => {
    const planted = { client_id: "a", client_secret: SECRET, api_token: SECRET };
    const okta = { ...planted, okta_account: "acme.okta.com" };
    const made = await addLoginMethod(ada, {
      kind: "okta",
      values: { name: "Okta", config: okta },
    });
    const next = await changeLoginMethod(ada, {
      id: made.id,
      version: 1,
      values: { name: "Okta", config: { ...made.config, client_secret: `${SECRET}-2` } },
    });
    const answers = [made, next, await listLoginMethods(ada), await getLoginMethod(ada, made.id)];
    expect(JSON.stringify(answers)).not.toContain(SECRET);
    expect(await stored()).not.toContain(SECRET);
    await removeLoginMethod(ada, made.id);
    expect(await stored()).not.toContain(SECRET);
  });

  it("opens the secret for a round trip, and for the run's own login method alone", async () => {
    const [mine, other] = [await add("Mine"), await add("Other")];
    const { connection } = await openLoginMethod(run(mine.id), mine.id);
    expect(connection.clientSecret).toBe(SECRET);
    expect((await refusal(openLoginMethod(run(mine.id), other.id))).code).toBe("not_found");
  });

  it("does not open a sealed secret that was copied to another login method", async () => {
    const [from, to] = [await add("From"), await add("To", { client_secret: "another" })];
    const db = await database();
    await db.execute(
      sql`update login_methods set secrets = (select secrets from login_methods where id = ${from.id}) where id = ${to.id}`,
    );
    expect((await refusal(openLoginMethod(ada, to.id))).code).toBe("unavailable");
  });

  it("makes one login method of a form that is sent twice", async () => {
    const input = { id: randomUUID(), kind: "oidc", values: { name: "Acme", config } };
    const [first, second] = await Promise.all([
      addLoginMethod(ada, input),
      addLoginMethod(ada, input),
    ]);
    expect(second.id).toBe(first.id);
    expect(await listLoginMethods(ada)).toHaveLength(1);
    expect(await audit()).toHaveLength(1);
  });

  it("refuses a form that was saved already with other settings", async () => {
    const input = { id: randomUUID(), kind: "oidc", values: { name: "Acme", config } };
    await addLoginMethod(ada, input);
    const other = { ...config, client_secret: "something else" };
    const { code } = await refusal(
      addLoginMethod(ada, { ...input, values: { name: "Acme", config: other } }),
    );
    expect(code).toBe("conflict");
  });

  it.each(["Acme", "acme", " ACME "])("refuses the name %j when Acme exists", async (name) => {
    await add("Acme");
    const message = "Another login method is called Acme. Use a different name.";
    expect(await refusal(add(name))).toMatchObject({
      code: "conflict",
      message,
      fields: { name: [message] },
    });
  });

  it("lets one of two saves at once have a name", async () => {
    const results = await Promise.allSettled([add("Acme"), add("acme"), add("ACME")]);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await listLoginMethods(ada)).toHaveLength(1);
  });

  it(`stops at ${MAX_LOGIN_METHODS}`, async () => {
    for (let at = 0; at < MAX_LOGIN_METHODS - 1; at += 1) await add(`Number ${at}`);
    const results = await Promise.allSettled([add("Last"), add("One too many")]);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect((await refusal(add("Another"))).message).toContain(
      `${MAX_LOGIN_METHODS} login methods already`,
    );
  });

  it("puts every issue on its dotted path", async () => {
    const values = { name: "", config: { ...config, auth_url: "nowhere", claims: ["aud"] } };
    expect(await refusal(addLoginMethod(ada, { kind: "oidc", values }))).toMatchObject({
      code: "invalid_input",
      fields: {
        name: ["Enter a name"],
        "config.auth_url": ["Auth URL must start with https://"],
        "config.claims": ["aud is reserved"],
      },
    });
  });

  it.each([
    ["no settings", {}],
    ["a list for settings", { name: "x", config: [] }],
    ["text for settings", { name: "x", config: "x" }],
    ["a number for a name", { name: 7, config }],
    ["an endless name", { name: "x".repeat(101), config }],
    ["a NUL in a name", { name: "a\u0000b", config }],
    ["an unknown key", { name: "x", config, surprise: 1 }],
    ["unknown SCIM behaviour", { name: "x", config, scim: { identity_update_behavior: "maybe" } }],
    ["seats without users", { name: "x", config, scim: { seat_deprovision: true } }],
  ])("refuses %s", async (_, values) => {
    const error = await refusal(
      addLoginMethod(ada, { kind: "oidc", values: values as Record<string, unknown> }),
    );
    expect(error.code).toBe("invalid_input");
    expect(await listLoginMethods(ada)).toEqual([]);
  });

  it.each(["saml", "__proto__", "constructor", ""])("refuses the unknown kind %j", async (kind) => {
    expect((await refusal(add("x", {}, kind))).code).toBe("unavailable");
  });

  it("refuses plain http until the host is allowed, and names the setting", async () => {
    const plain = { token_url: "http://10.20.30.40:9000/token" };
    const error = await refusal(add("Plain", plain));
    expect(error.fields?.["config.token_url"]?.[0]).toContain(
      "allow 10.20.30.40:9000 in Settings > System",
    );
    await setOutboundAllow(ada, ["10.20.30.40:9000"]);
    expect((await add("Plain", plain)).config).toMatchObject(plain);
    await setOutboundAllow(ada, []);
  });
});

describe("changing a login method", () => {
  it("keeps a secret whose field is blank", async () => {
    const made = await add();
    const next = await change(made, { ...made.config, client_secret: "", claims: ["groups"] });
    expect(next.version).toBe(2);
    expect(next.secrets).toEqual(made.secrets);
    expect((await openLoginMethod(ada, made.id)).connection).toMatchObject({
      clientSecret: SECRET,
      claims: ["groups"],
    });
  });

  it("replaces and removes a secret", async () => {
    const okta = {
      client_id: "a",
      client_secret: "b",
      okta_account: "acme.okta.com",
      api_token: "c",
    };
    const made = await addLoginMethod(ada, {
      kind: "okta",
      values: { name: "Okta", config: okta },
    });
    const next = await change(
      made,
      { ...made.config, client_secret: "new", api_token: null },
      "Okta",
    );
    expect(Object.keys(next.secrets)).toEqual(["client_secret"]);
    expect((await openLoginMethod(ada, made.id)).connection.clientSecret).toBe("new");
    expect((await audit()).at(-1)?.changes).toEqual([
      { path: "config.api_token", before: "set", after: "removed" },
      { path: "config.client_secret", before: null, after: "changed" },
    ]);
  });

  it("does not let the client secret be removed while it is needed", async () => {
    const made = await add();
    const error = await refusal(change(made, { ...made.config, client_secret: null }));
    expect(error.fields).toHaveProperty(["config.client_secret"]);
  });

  it("refuses a save over a newer version, and says who made it", async () => {
    const made = await add();
    await change(made, { ...made.config, claims: ["groups"] });
    const error = await refusal(change(made, { ...made.config, claims: ["roles"] }));
    expect(error).toMatchObject({
      code: "conflict",
      message: `${ada.name} changed this while you were editing. Nothing was saved.`,
    });
    expect((await getLoginMethod(ada, made.id)).config.claims).toEqual(["groups"]);
  });

  it("lets one of two saves at once win", async () => {
    const made = await add();
    const results = await Promise.allSettled(
      ["a", "b"].map((claim) => change(made, { ...made.config, claims: [claim] })),
    );
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect((await getLoginMethod(ada, made.id)).version).toBe(2);
  });

  it("counts no version and writes no entry when nothing changed", async () => {
    const made = await add();
    expect(await change(made, made.config)).toEqual(made);
    expect(await audit()).toHaveLength(1);
  });

  it("does not send a stored secret to a token endpoint on another host", async () => {
    const made = await add();
    const moved = { ...made.config, token_url: "https://evil.test/token" };
    const error = await refusal(change(made, moved));
    expect(error.fields?.["config.client_secret"]?.[0]).toContain("evil.test");
    expect((await change(made, { ...moved, client_secret: "entered again" })).version).toBe(2);
  });

  it("does not push a stored secret to a PAR endpoint on another host", async () => {
    const made = await add();
    const moved = { ...made.config, par_url: "https://evil.test/par" };
    const error = await refusal(change(made, moved));
    expect(error.fields?.["config.client_secret"]?.[0]).toContain("evil.test");
    const near = { ...made.config, par_url: "https://id.acme.test/par" };
    expect((await change(made, near)).version).toBe(2);
  });

  it("does not send a secret that became the previous one to another host", async () => {
    const made = await add();
    const moved = {
      ...made.config,
      token_url: "https://evil.test/token",
      client_secret: "of my own",
      previous_client_secret: true,
      pkce_enabled: true,
    };
    const { fields } = await refusal(change(made, moved));
    expect(Object.keys(fields ?? {})).toEqual(["config.previous_client_secret"]);
  });

  it.each([
    ["certs_url", "https://id.acme.test/other-keys", null],
    ["auth_url", "https://id.acme.test/elsewhere", null],
    ["issuer", "https://id.acme.test/", null],
    ["claims", ["groups"], "https://id.acme.test"],
  ])("after a change of %s, the pinned issuer is %j → %j", async (field, value, pinned) => {
    const made = await add();
    await pinIssuer(run(made.id), made.id, 1, "https://id.acme.test");
    expect((await getLoginMethod(ada, made.id)).pinnedIssuer).toBe("https://id.acme.test");
    const next = await change(made, { ...made.config, [field as string]: value });
    expect(next.pinnedIssuer).toBe(pinned);
  });

  it("writes what changed, from what to what", async () => {
    const made = await add();
    await changeLoginMethod(ada, {
      id: made.id,
      version: 1,
      values: {
        name: "Acme 2",
        config: { ...made.config, pkce_enabled: true },
        scim: { enabled: true },
      },
    });
    expect((await audit()).map(({ action }) => action)).toEqual([
      "login_method.create",
      "login_method.change",
    ]);
    expect((await audit()).at(-1)?.changes).toEqual([
      { path: "config.pkce_enabled", before: false, after: true },
      { path: "name", before: "Acme", after: "Acme 2" },
      { path: "scim.enabled", before: false, after: true },
    ]);
  });
});

describe("the issuer that a test proved", () => {
  it("is expected from then on", async () => {
    const made = await add();
    expect((await openLoginMethod(ada, made.id)).connection.issuer).toBeNull();
    await pinIssuer(run(made.id), made.id, 1, "https://id.acme.test");
    expect((await openLoginMethod(ada, made.id)).connection.issuer).toBe("https://id.acme.test");
  });

  it("is not replaced by a later one, by another run, or for other settings", async () => {
    const made = await add();
    await pinIssuer(run(made.id), made.id, 2, "https://wrong-version.test");
    expect((await refusal(pinIssuer(run(randomUUID()), made.id, 1, "https://x.test"))).code).toBe(
      "not_found",
    );
    await pinIssuer(run(made.id), made.id, 1, "https://first.test");
    await pinIssuer(run(made.id), made.id, 1, "https://second.test");
    expect((await getLoginMethod(ada, made.id)).pinnedIssuer).toBe("https://first.test");
  });
});

describe("disabling, enabling and deleting", () => {
  it("leaves an entry for each change, and none for no change", async () => {
    const { id } = await add();
    await setLoginMethodEnabled(ada, { id, enabled: false });
    await setLoginMethodEnabled(ada, { id, enabled: false });
    expect((await getLoginMethod(ada, id)).enabled).toBe(false);
    await setLoginMethodEnabled(ada, { id, enabled: true, untested: "accept" });
    await removeLoginMethod(ada, id);
    expect((await audit()).map(({ action, targetName }) => `${action} ${targetName}`)).toEqual([
      "login_method.create Acme",
      "login_method.disable Acme",
      "login_method.enable Acme",
      "login_method.remove Acme",
    ]);
  });

  it.each([randomUUID(), "1", "", "'; drop table login_methods; --"])(
    "finds nothing under the unknown id %j",
    async (id) => {
      const values = { name: "x", config };
      const attempts = [
        () => getLoginMethod(ada, id),
        () => openLoginMethod(ada, id),
        () => changeLoginMethod(ada, { id, version: 1, values }),
        () => setLoginMethodEnabled(ada, { id, enabled: false }),
        () => removeLoginMethod(ada, id),
      ];
      for (const attempt of attempts) expect((await refusal(attempt())).code).toBe("not_found");
    },
  );
});

describe("a row that this version does not understand", () => {
  it("of an unknown kind is listed, not opened, and can be deleted", async () => {
    const made = await add();
    const db = await database();
    await db.execute(sql`update login_methods set kind = 'from-the-future', scim = '{"odd":1}'`);
    expect((await listLoginMethods(ada))[0]).toMatchObject({
      kind: "from-the-future",
      scim: { enabled: false },
    });
    expect((await refusal(openLoginMethod(ada, made.id))).code).toBe("unavailable");
    await removeLoginMethod(ada, made.id);
    expect(await listLoginMethods(ada)).toEqual([]);
  });

  it("with incomplete settings says so, and can be mended", async () => {
    const made = await add();
    const db = await database();
    await db.execute(sql`update login_methods set config = '{"client_id":"gatehouse"}'`);
    expect((await refusal(openLoginMethod(ada, made.id))).message).toContain("not complete");
    const next = await change(made, { ...made.config, client_secret: "entered again" });
    expect((await openLoginMethod(ada, made.id)).connection.clientSecret).toBe("entered again");
    expect(next.version).toBe(2);
  });

  it("with incomplete settings does not give its stored secret to whoever completes them", async () => {
    const made = await add();
    const db = await database();
    await db.execute(sql`update login_methods set config = '{"client_id":"gatehouse"}'`);
    const moved = { ...made.config, token_url: "https://evil.test/token" };
    const error = await refusal(change(made, moved));
    expect(error.fields?.["config.client_secret"]?.[0]).toContain("evil.test");
  });
});
