import { sql } from "drizzle-orm";
import { beforeAll, beforeEach, expect, it } from "vitest";
import { database } from "@/db/client";
import { auditLog } from "@/db/schema/audit-log";
import { loginMethods } from "@/db/schema/login-methods";
import { useTestDatabase } from "@/db/testing";
import { firstOwner } from "@/lib/admins/testing";
import type { Config } from "@/lib/connectors/definition";
import type { Owner } from "@/lib/kit/actor";
import { makeDraft, openDraft } from "./drafts/store";
import type { LoginMethod } from "./schema";
import { addLoginMethod, changeLoginMethod, getLoginMethod, openLoginMethod } from "./store";

useTestDatabase();
let ada: Owner;
beforeAll(async () => {
  ada = await firstOwner();
});
beforeEach(async () => {
  await (await database()).execute(sql`truncate login_methods, audit_log cascade`);
});

const [OLD, NEW] = ["0ld-secret-7d1f", "n3w-secret-9a2c"];
const config: Config = {
  client_id: "gatehouse",
  client_secret: OLD,
  auth_url: "https://id.acme.test/authorize",
  token_url: "https://id.acme.test/token",
  certs_url: "https://id.acme.test/jwks",
};
const add = () => addLoginMethod(ada, { kind: "oidc", values: { name: "Acme", config } });
const change = (made: LoginMethod, over: Config) =>
  changeLoginMethod(ada, {
    id: made.id,
    version: made.version,
    values: { name: "Acme", config: { ...config, client_secret: "", ...over } },
  });
const secretsOf = async (id: string) => {
  const { connection } = await openLoginMethod(ada, id);
  return [connection.clientSecret, connection.previousClientSecret];
};
const KEEP = { client_secret: NEW, previous_client_secret: true };

it("keeps the stored secret beside the new one, with who set it and when", async () => {
  const made = await add();
  const changed = await change(made, KEEP);
  expect(await secretsOf(made.id)).toEqual([NEW, OLD]);
  expect(changed.secrets.previous_client_secret).toEqual(made.secrets.client_secret);
  expect(changed.fingerprint).not.toBe(made.fingerprint);
});

it("replaces the secret alone when that is not asked for", async () => {
  const made = await add();
  await change(made, { client_secret: NEW });
  expect(await secretsOf(made.id)).toEqual([NEW, null]);
});

it.each([
  ["blank keeps it", { previous_client_secret: "" }, [NEW, OLD]],
  ["null removes it", { previous_client_secret: null }, [NEW, null]],
  ["another text replaces it", { previous_client_secret: "other" }, [NEW, "other"]],
  ["true without a new secret keeps it", { previous_client_secret: true }, [NEW, OLD]],
  ["true with a third secret moves on", { ...KEEP, client_secret: "third" }, ["third", NEW]],
])("once it is kept, %s", async (_, over, secrets) => {
  const changed = await change(await add(), KEEP);
  await change(changed, over);
  expect(await secretsOf(changed.id)).toEqual(secrets);
});

it("is refused for a new login method, which has no stored secret to keep", async () => {
  const values = { name: "Acme", config: { ...config, previous_client_secret: true } };
  await expect(addLoginMethod(ada, { kind: "oidc", values })).rejects.toMatchObject({
    fields: { "config.previous_client_secret": [expect.any(String)] },
  });
});

it("a draft tries both, and leaves what is saved alone", async () => {
  const made = await add();
  const draft = { id: crypto.randomUUID(), loginMethodId: made.id };
  const values = { name: "Acme", config: { ...config, ...KEEP } };
  await makeDraft(ada, { ...draft, kind: "oidc", baseVersion: made.version, values });
  const { connection } = await openDraft(ada, draft);
  expect([connection.clientSecret, connection.previousClientSecret]).toEqual([NEW, OLD]);
  expect(await secretsOf(made.id)).toEqual([OLD, null]);
});

it.each([
  ["Token URL", { token_url: "https://thief.test/token" }],
  ["pushed authorization requests", { par_url: "https://thief.test/par" }],
])("is never sent to a new address: %s", async (_, address) => {
  const made = await add();
  await expect(change(made, { ...KEEP, ...address })).rejects.toMatchObject({
    code: "invalid_input",
    fields: { "config.previous_client_secret": [expect.stringContaining("thief.test")] },
  });
});

it("stands nowhere in the clear: not stored, not in a login method, not in the Admin log", async () => {
  const made = await add();
  await change(made, KEEP);
  const db = await database();
  const entries = await db.select().from(auditLog);
  const seen = JSON.stringify([
    entries,
    await db.select().from(loginMethods),
    await getLoginMethod(ada, made.id),
  ]);
  for (const secret of [OLD, NEW]) expect(seen).not.toContain(secret);
  expect(entries.at(-1)?.changes).toEqual([
    { path: "config.client_secret", before: null, after: "changed" },
    { path: "config.previous_client_secret", before: null, after: "set" },
  ]);
});
