import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { auditLog } from "@/db/schema/audit-log";
import { loginMethodDrafts } from "@/db/schema/login-method-drafts";
import { loginMethods } from "@/db/schema/login-methods";
import { useTestDatabase } from "@/db/testing";
import { firstOwner, joinAsOwner } from "@/lib/admins/testing";
import type { Config } from "@/lib/connectors/definition";
import type { Owner } from "@/lib/kit/actor";
import { type AppError, isAppError } from "@/lib/kit/errors";
import type { RunCapability } from "@/lib/kit/run-capability";
import { pinIssuer } from "../pinned-issuer/store";
import type { LoginMethod } from "../schema";
import {
  addLoginMethod,
  changeLoginMethod,
  getLoginMethod,
  listLoginMethods,
  openLoginMethod,
  removeLoginMethod,
} from "../store";
import { saveDraft } from "./save-draft";
import { checkDraft, deleteExpiredDrafts, getDraft, makeDraft, openDraft } from "./store";

useTestDatabase();
let ada: Owner;
let bob: Owner;
beforeAll(async () => {
  ada = await firstOwner();
  bob = await joinAsOwner(ada);
});
beforeEach(async () => {
  const db = await database();
  await db.execute(sql`truncate login_methods, login_method_drafts, audit_log cascade`);
});

const SECRET = "planted-secret-41aa";
const config: Config = {
  client_id: "gatehouse",
  client_secret: SECRET,
  auth_url: "https://id.acme.test/authorize",
  token_url: "https://id.acme.test/token",
  certs_url: "https://id.acme.test/jwks",
};
const add = (over: Config = {}) =>
  addLoginMethod(ada, { kind: "oidc", values: { name: "Acme", config: { ...config, ...over } } });

interface Draft {
  id?: string;
  of?: LoginMethod;
  /** The id that a new login method will get. */
  as?: string;
  from?: string;
  values?: Config;
  name?: string;
  by?: Owner;
}

const inputOf = ({
  id = randomUUID(),
  of,
  as,
  from,
  values = {},
  name = of?.name ?? "",
}: Draft) => ({
  id,
  loginMethodId: of?.id ?? as ?? randomUUID(),
  kind: "oidc",
  baseVersion: of?.version ?? 0,
  ...(from && { from }),
  values: { name, config: { ...(of ? of.config : config), ...values } },
});

async function draft(wanted: Draft = {}) {
  const input = inputOf(wanted);
  await makeDraft(wanted.by ?? ada, input);
  return input;
}

async function refusal(promise: Promise<unknown>): Promise<AppError> {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!isAppError(error)) throw new Error(`expected a refusal, got ${String(error)}`);
  return error;
}

const secretOf = async (made: { id: string; loginMethodId: string }) =>
  (await openDraft(ada, made)).connection.clientSecret;

const kept = async () => (await database()).$count(loginMethodDrafts);

const expire = async () =>
  (await database()).execute(sql`update login_method_drafts set expires_at = now()`);

describe("a draft", () => {
  it("is opened with its secret, and read without", async () => {
    const made = await draft({ values: { claims: ["groups"] } });
    expect(await secretOf(made)).toBe(SECRET);
    const read = await getDraft(ada, made.id);
    expect(read).toMatchObject({
      loginMethodId: made.loginMethodId,
      name: "",
      config: { claims: ["groups"] },
      secrets: { client_secret: { setBy: ada.email } },
    });
    expect(JSON.stringify(read)).not.toContain(SECRET);
  });

  it("needs no name, and goes by that of its type until it has one", async () => {
    expect((await openDraft(ada, await draft())).name).toBe("OpenID Connect");
    expect((await openDraft(ada, await draft({ name: "Acme" }))).name).toBe("Acme");
  });

  it("is no way in: no login method comes of it, and no entry in the log", async () => {
    await draft();
    const db = await database();
    expect(await listLoginMethods(ada)).toEqual([]);
    expect(await db.select().from(auditLog)).toEqual([]);
  });

  it("keeps a planted secret out of every row", async () => {
    const made = await add();
    await draft({ of: made });
    await draft({ of: made, values: { client_secret: `${SECRET}-2` } });
    const db = await database();
    const rows = [await db.select().from(loginMethodDrafts), await db.select().from(loginMethods)];
    expect(JSON.stringify(rows)).not.toContain(SECRET);
  });

  it("has the stored secret behind a blank field, sealed anew for itself alone", async () => {
    const made = await add();
    const [first, second] = [await draft({ of: made }), await draft({ of: made })];
    expect(await secretOf(first)).toBe(SECRET);
    const db = await database();
    await db.execute(
      sql`update login_method_drafts set secrets = (select secrets from login_method_drafts where id = ${first.id}) where id = ${second.id}`,
    );
    expect((await refusal(openDraft(ada, second))).code).toBe("unavailable");
  });

  it("is fingerprinted as it would be once saved", async () => {
    const made = await draft({ name: "Acme", values: { claims: ["b", "a"] } });
    const { fingerprint } = await openDraft(ada, made);
    const saved = await saveDraft(ada, made.id);
    expect(saved.fingerprint).toBe(fingerprint);
    expect(saved.id).toBe(made.loginMethodId);
  });

  it("is opened by its own run and by no other", async () => {
    const made = await draft();
    const run = (draftId: string | null) =>
      ({ runId: randomUUID(), loginMethodId: made.loginMethodId, draftId }) as RunCapability;
    expect((await openDraft(run(made.id), made)).id).toBe(made.loginMethodId);
    expect((await refusal(openDraft(run(randomUUID()), made))).code).toBe("not_found");
    expect((await refusal(openDraft(run(null), made))).code).toBe("not_found");
    const other = { id: made.id, loginMethodId: randomUUID() };
    expect((await refusal(openDraft(run(made.id), other))).code).toBe("not_found");
  });

  it("expects the issuer that was proven for the saved settings while it trusts the same places", async () => {
    const made = await add();
    const run = { runId: randomUUID(), loginMethodId: made.id, draftId: null } as RunCapability;
    await pinIssuer(run, made.id, 1, "https://id.acme.test");
    const same = await draft({ of: made, values: { claims: ["groups"] } });
    expect((await openDraft(ada, same)).connection.issuer).toBe("https://id.acme.test");
    const moved = await draft({
      of: made,
      values: { certs_url: "https://id.acme.test/other", client_secret: "x" },
    });
    expect((await openDraft(ada, moved)).connection.issuer).toBeNull();
  });
});

describe("what a draft refuses", () => {
  it("puts every issue on its field, and keeps nothing", async () => {
    const input = inputOf({ values: { auth_url: "nowhere", client_secret: "" } });
    for (const attempt of [checkDraft, makeDraft]) {
      expect(await refusal(attempt(ada, input))).toMatchObject({
        code: "invalid_input",
        fields: {
          "config.auth_url": ["Auth URL must start with https://"],
          "config.client_secret": [expect.any(String)],
        },
      });
    }
    expect(await kept()).toBe(0);
  });

  it("sends no stored secret to a new address, from the saved settings or by way of another draft", async () => {
    const made = await add();
    const moved = { token_url: "https://evil.test/token" };
    for (const from of [undefined, (await draft({ of: made })).id]) {
      const error = await refusal(
        makeDraft(ada, inputOf({ of: made, values: moved, ...(from && { from }) })),
      );
      expect(error.fields?.["config.client_secret"]?.[0]).toContain("evil.test");
    }
    const retyped = await draft({ of: made, values: { ...moved, client_secret: "again" } });
    expect(await secretOf(retyped)).toBe("again");
  });

  it("sends no secret that somebody typed for a test to the address of another admin", async () => {
    const made = await draft();
    const moved = { token_url: "https://evil.test/token", client_secret: "" };
    const next = inputOf({ as: made.loginMethodId, from: made.id, values: moved });
    const save = { id: made.loginMethodId, kind: "oidc", draftId: made.id, values: next.values };
    const named = { ...save, values: { ...next.values, name: "Mine" } };
    for (const attempt of [makeDraft(bob, next), addLoginMethod(bob, named)]) {
      expect((await refusal(attempt)).fields?.["config.client_secret"]?.[0]).toContain("evil.test");
    }
  });

  it("uses plain http only where it is allowed", async () => {
    const plain = { token_url: "http://10.20.30.40:9000/token" };
    const error = await refusal(draft({ values: plain }));
    expect(error.fields?.["config.token_url"]?.[0]).toContain("Settings > System");
  });

  it("refuses a form of an older version, of a deleted login method, and of another type", async () => {
    const made = await add();
    await changeLoginMethod(bob, {
      ...made,
      values: { name: "Acme", config: { ...made.config, claims: ["x"] } },
    });
    expect((await refusal(draft({ of: made }))).code).toBe("conflict");
    await removeLoginMethod(bob, made.id);
    expect((await refusal(draft({ of: made }))).code).toBe("not_found");
    const okta = { ...inputOf({}), kind: "okta" };
    expect((await refusal(makeDraft(ada, okta))).code).toBe("invalid_input");
    expect((await refusal(makeDraft(ada, { ...okta, kind: "__proto__" }))).code).toBe(
      "unavailable",
    );
  });

  it("makes one draft of a form that is sent twice at once, whoever else uses its id", async () => {
    const input = inputOf({});
    await Promise.all([makeDraft(ada, input), makeDraft(ada, input)]);
    expect(await kept()).toBe(1);
    const changed = {
      ...input,
      values: { ...input.values, config: { ...config, client_id: "b" } },
    };
    expect((await refusal(makeDraft(ada, changed))).code).toBe("conflict");
    expect((await refusal(makeDraft(bob, input))).code).toBe("conflict");
    expect((await openDraft(ada, input)).connection.clientId).toBe("gatehouse");
  });
});

describe("a form that was opened from a draft", () => {
  it("saves a new login method without its secret typed again", async () => {
    const made = await draft();
    const { client_secret: _, ...blank } = config;
    const saved = await addLoginMethod(ada, {
      id: made.loginMethodId,
      kind: "oidc",
      draftId: made.id,
      values: { name: "Acme", config: blank },
    });
    expect((await openLoginMethod(ada, saved.id)).connection.clientSecret).toBe(SECRET);
  });

  it("changes what the draft changed, and says of a secret that stayed that it stayed", async () => {
    const made = await add();
    const first = await draft({ of: made, values: { client_secret: "rotated" } });
    const second = await draft({ of: made, from: first.id, values: { claims: ["groups"] } });
    expect(await secretOf(second)).toBe("rotated");
    const saved = await saveDraft(ada, second.id);
    expect((await openLoginMethod(ada, made.id)).connection.clientSecret).toBe("rotated");
    expect(saved).toMatchObject({ version: 2, config: { claims: ["groups"] } });

    const again = await draft({ of: saved, values: { claims: ["roles"] } });
    const last = await saveDraft(ada, again.id);
    expect(last.secrets).toEqual(saved.secrets);
    const db = await database();
    const entries = await db.select().from(auditLog).orderBy(auditLog.id);
    expect(entries.at(-2)?.changes).toContainEqual({
      path: "config.client_secret",
      before: null,
      after: "changed",
    });
    expect(entries.at(-1)?.changes).toEqual([
      { path: "config.claims", before: ["groups"], after: ["roles"] },
    ]);
  });

  it("does not bring back a secret that was rotated since", async () => {
    const made = await add();
    const old = await draft({ of: made });
    const next = await changeLoginMethod(bob, {
      ...made,
      values: { name: "Acme", config: { ...made.config, client_secret: "rotated" } },
    });
    const values = { name: "Acme", config: { ...next.config, claims: ["x"] } };
    const save = changeLoginMethod(ada, { id: made.id, version: 2, draftId: old.id, values });
    expect((await refusal(save)).code).toBe("conflict");
    expect((await openLoginMethod(ada, made.id)).connection.clientSecret).toBe("rotated");
    expect((await refusal(saveDraft(ada, old.id))).code).toBe("conflict");
  });

  it("takes no secret from the draft of another login method", async () => {
    const [mine, other] = [await draft(), await draft()];
    const { client_secret: _, ...blank } = config;
    const values = { name: "Acme", config: blank };
    const save = { id: mine.loginMethodId, kind: "oidc", draftId: other.id, values };
    expect((await refusal(addLoginMethod(ada, save))).code).toBe("not_found");
  });

  it("is named before it is saved", async () => {
    const made = await draft();
    expect((await refusal(saveDraft(ada, made.id))).fields).toEqual({ name: ["Enter a name"] });
  });
});

describe("how long a draft lasts", () => {
  it("is a day: afterwards it is neither read, tested nor saved", async () => {
    const made = await draft({ name: "Acme" });
    await expire();
    expect(await getDraft(ada, made.id)).toBeNull();
    expect((await refusal(openDraft(ada, made))).code).toBe("not_found");
    expect((await refusal(saveDraft(ada, made.id))).code).toBe("not_found");
    expect(await kept()).toBe(1);
    await deleteExpiredDrafts();
    expect(await kept()).toBe(0);
  });

  it("is over for expired ones at the next test of anything", async () => {
    await draft();
    await expire();
    await draft();
    expect(await kept()).toBe(1);
  });

  it("keeps the newest 20 of one login method, and those of others", async () => {
    const [as, other] = [randomUUID(), await draft()];
    const ids: string[] = [];
    for (let at = 0; at < 22; at += 1) ids.push((await draft({ as })).id);
    expect(await kept()).toBe(21);
    const found = await Promise.all([other.id, ...ids].map((id) => getDraft(ada, id)));
    expect(found.map((one) => one !== null)).toEqual([
      true,
      false,
      false,
      ...Array.from({ length: 20 }, () => true),
    ]);
  });

  it("ends with the login method that it changes", async () => {
    const made = await add();
    await draft({ of: made });
    await removeLoginMethod(ada, made.id);
    expect(await kept()).toBe(0);
    expect((await refusal(getLoginMethod(ada, made.id))).code).toBe("not_found");
  });
});
