import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { auditLog } from "@/db/schema/audit-log";
import { loginMethods } from "@/db/schema/login-methods";
import { useTestDatabase } from "@/db/testing";
import { firstOwner } from "@/lib/admins/testing";
import type { Config } from "@/lib/connectors/definition";
import type { Owner } from "@/lib/kit/actor";
import { isAppError } from "@/lib/kit/errors";
import type { RunCapability } from "@/lib/kit/run-capability";
import { AUTHORITY, CLIENT, SERVER, STRANGERS_CLIENT } from "@/lib/outbound/pki-for-tests";
import { makeDraft } from "./drafts/store";
import { addLoginMethod, changeLoginMethod, openLoginMethod } from "./store";

useTestDatabase();
let ada: Owner;
beforeAll(async () => {
  ada = await firstOwner();
});

const config: Config = {
  client_id: "gatehouse",
  token_auth_method: "tls_client_auth",
  auth_url: "https://id.acme.test/authorize",
  token_url: "https://id.acme.test/token",
  certs_url: "https://id.acme.test/jwks",
  par_url: "https://id.acme.test/par",
  max_age: 3600,
  extra_params: ["acr_values=urn:x"],
  dpop: true,
  tls_ca: AUTHORITY,
  tls_client_cert: CLIENT.cert,
  // As a one-line field hands it over.
  tls_client_key: CLIENT.key.replaceAll("\n", ""),
};
const values = (name: string, changes: Config = {}) => ({
  name,
  config: { ...config, ...changes },
});

async function fieldsOf(promise: Promise<unknown>): Promise<string[]> {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!isAppError(error)) throw new Error(`expected a refusal, got ${String(error)}`);
  return Object.keys(error.fields ?? {});
}

describe("a login method with certificates of its own", () => {
  it("opens them for a round trip, and stores the key nowhere in the clear", async () => {
    const made = await addLoginMethod(ada, { kind: "oidc", values: values("Certificates") });
    expect(made.secrets).toHaveProperty("tls_client_key");
    const opened = await openLoginMethod(
      { runId: randomUUID(), loginMethodId: made.id } as RunCapability,
      made.id,
    );
    expect(opened.connection).toMatchObject({
      tls: { ca: AUTHORITY, cert: CLIENT.cert, key: CLIENT.key },
      parUrl: "https://id.acme.test/par",
      maxAge: 3600,
      extraParams: { acr_values: "urn:x" },
      dpop: true,
    });
    const db = await database();
    const rows = [await db.select().from(loginMethods), await db.select().from(auditLog)];
    const text = JSON.stringify([rows, made]);
    expect(text).not.toContain("PRIVATE KEY");
    expect(text).not.toContain(CLIENT.key.split("\n")[1]);
  });

  it("keeps its key when the certificate stays, and refuses a certificate of another key", async () => {
    const made = await addLoginMethod(ada, { kind: "oidc", values: values("Kept key") });
    const change = (changes: Config) =>
      changeLoginMethod(ada, {
        id: made.id,
        version: made.version,
        values: values("Kept key", { tls_client_key: "", ...changes }),
      });
    expect(await fieldsOf(change({ tls_client_cert: STRANGERS_CLIENT.cert }))).toEqual([
      "config.tls_client_key",
    ]);
    expect((await change({ max_age: 60 })).config.max_age).toBe(60);
  });

  it.each([
    ["an authority that is none", { tls_ca: SERVER.cert }, ["config.tls_ca"]],
    [
      "a key that belongs to another certificate",
      { tls_client_key: STRANGERS_CLIENT.key },
      ["config.tls_client_key"],
    ],
    ["a private key where everyone can read it", { tls_ca: CLIENT.key }, ["config.tls_ca"]],
    ["no key", { tls_client_key: "" }, ["config.tls_client_key"]],
    ["no certificate", { tls_client_cert: "" }, ["config.tls_client_cert"]],
    ["a parameter of our own", { extra_params: ["state=x"] }, ["config.extra_params"]],
    ["an age that is none", { max_age: -1 }, ["config.max_age"]],
  ])("refuses %s, when it is saved and when it is tried", async (_name, changes, fields) => {
    const wrong = values("Wrong", changes);
    expect(await fieldsOf(addLoginMethod(ada, { kind: "oidc", values: wrong }))).toEqual(fields);
    const draft = {
      id: randomUUID(),
      loginMethodId: randomUUID(),
      kind: "oidc",
      baseVersion: 0,
      values: wrong,
    };
    expect(await fieldsOf(makeDraft(ada, draft))).toEqual(fields);
  });

  it("credential theft: a stored key or secret is never sent to a new address for pushed requests", async () => {
    const made = await addLoginMethod(ada, {
      kind: "oidc",
      values: values("Stolen", {
        token_auth_method: "client_secret_post",
        client_secret: "planted-1",
      }),
    });
    const stolen = changeLoginMethod(ada, {
      id: made.id,
      version: made.version,
      values: values("Stolen", {
        token_auth_method: "client_secret_post",
        tls_client_key: "",
        client_secret: "",
        par_url: "https://evil.test/par",
      }),
    });
    expect((await fieldsOf(stolen)).sort()).toEqual([
      "config.client_secret",
      "config.tls_client_key",
    ]);
  });
});
