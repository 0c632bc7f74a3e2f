import { randomUUID } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { auditLog } from "@/db/schema/audit-log";
import { useTestDatabase } from "@/db/testing";
import { firstOwner } from "@/lib/admins/testing";
import type { Config } from "@/lib/connectors/definition";
import type { Owner } from "@/lib/kit/actor";
import { setOutboundAllow } from "@/lib/team/store";
import { addLoginMethod, changeLoginMethod, getLoginMethod } from "../store";
import { driftOf, ignoreDrift } from "./store";

useTestDatabase();
let owner: Owner;
let server: Server;
let base = "";
/** What the provider publishes, or an answer that is no document. */
let published: Record<string, unknown> | "page" = {};
let asked = 0;

beforeAll(async () => {
  owner = await firstOwner();
  server = createServer((_, response) => {
    asked += 1;
    const isPage = published === "page";
    response.writeHead(200, { "content-type": isPage ? "text/html" : "application/json" });
    response.end(isPage ? "<!doctype html><p>Sign in" : JSON.stringify(published));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await setOutboundAllow(owner, ["127.0.0.0/8"]);
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(async () => {
  await (await database()).execute(sql`truncate login_methods, audit_log cascade`);
  asked = 0;
  published = documentWith();
});

const documentWith = (changes: Record<string, unknown> = {}) => ({
  issuer: base,
  authorization_endpoint: `${base}/auth`,
  token_endpoint: `${base}/token`,
  jwks_uri: `${base}/jwks`,
  ...changes,
});

const add = (changes: Config = {}) =>
  addLoginMethod(owner, {
    kind: "oidc",
    values: {
      name: `Method ${randomUUID().slice(0, 8)}`,
      config: {
        discovery_url: base,
        client_id: "gatehouse",
        client_secret: "planted-secret-77",
        auth_url: `${base}/auth`,
        token_url: `${base}/token`,
        certs_url: `${base}/jwks`,
        issuer: base,
        pkce_enabled: true,
        ...changes,
      },
    },
  });

const read = (id: string) => driftOf(owner, { id, fresh: false });
const namesIn = async (id: string) =>
  (await read(id)).drifts.map(({ name, ignored }) => [name, ignored]);

describe("a saved login method against its provider's document", () => {
  it("agrees, and says when that was found out", async () => {
    const { id } = await add();
    const report = await read(id);
    expect(report).toMatchObject({ drifts: [], problem: null });
    expect(report.documentUrl).toBe(`${base}/.well-known/openid-configuration`);
    expect(Date.now() - Date.parse(report.checkedAt)).toBeLessThan(60_000);
  });

  it("names each difference, and which would trust tokens from elsewhere", async () => {
    const { id } = await add();
    published = documentWith({
      token_endpoint: `${base}/v2/token`,
      jwks_uri: "https://elsewhere.test/jwks",
    });
    expect((await read(id)).drifts).toEqual([
      {
        name: "token_url",
        label: "Token URL",
        current: `${base}/token`,
        published: `${base}/v2/token`,
        adopt: `${base}/v2/token`,
        severe: false,
        ignored: false,
      },
      expect.objectContaining({ name: "certs_url", severe: true }),
    ]);
  });

  it("compares the pinned issuer where none is entered", async () => {
    const { id } = await add({ issuer: "" });
    published = documentWith({ issuer: `${base}/` });
    expect(await namesIn(id)).toEqual([]);
    const db = await database();
    await db.execute(sql`update login_methods set pinned_issuer = ${base}`);
    expect(await namesIn(id)).toEqual([["issuer", false]]);
  });

  it("asks the provider once, however often the form is opened", async () => {
    const { id } = await add();
    await Promise.all([read(id), read(id)]);
    await read(id);
    await driftOf(owner, { id, fresh: true });
    expect(asked).toBe(1);
  });

  it("asks again once the settings were saved", async () => {
    const made = await add();
    await read(made.id);
    const config = { ...made.config, token_url: `${base}/v2/token`, client_secret: "" };
    await changeLoginMethod(owner, {
      id: made.id,
      version: 1,
      values: { name: made.name, config },
    });
    expect(await namesIn(made.id)).toEqual([["token_url", false]]);
    expect(asked).toBe(2);
  });

  it("says in words why the document cannot be read", async () => {
    const { id } = await add();
    published = "page";
    const { problem, drifts } = await read(id);
    expect([problem, drifts]).toEqual([expect.stringContaining("web page"), []]);
  });

  it("is silent about an issuer that nobody said had a document", async () => {
    const { id } = await add({ discovery_url: "" });
    published = "page";
    expect(await read(id)).toMatchObject({ documentUrl: null, drifts: [], problem: null });
  });
});

describe("ignoring a published value", () => {
  const moved = () => documentWith({ token_endpoint: `${base}/v2/token` });
  const ignore = (id: string, value: string | null) =>
    ignoreDrift(owner, { id, name: "token_url", published: value });

  it("hides this value, and no other", async () => {
    const { id } = await add();
    await ignore(id, `${base}/v2/token`);
    published = moved();
    expect(await namesIn(id)).toEqual([["token_url", true]]);
    await ignore(id, `${base}/v3/token`);
    expect(await namesIn(id)).toEqual([["token_url", false]]);
  });

  it("can be taken back, changes no setting, and is in the Admin log both times", async () => {
    const { id } = await add();
    published = moved();
    await ignore(id, `${base}/v2/token`);
    await ignore(id, null);
    await ignore(id, null);
    expect(await namesIn(id)).toEqual([["token_url", false]]);
    expect(await getLoginMethod(owner, id)).toMatchObject({ version: 1, ignoredDrift: {} });
    const db = await database();
    const entries = await db.select().from(auditLog).orderBy(auditLog.id);
    expect(entries.map(({ action }) => action)).toEqual([
      "login_method.create",
      "login_method.ignore_drift",
      "login_method.heed_drift",
    ]);
    expect(JSON.stringify(entries[1]?.changes)).toContain(`${base}/v2/token`);
  });

  it("takes lists in any order for the same", async () => {
    const { id } = await add({ token_auth_method: "client_secret_basic" });
    published = documentWith({ token_endpoint_auth_methods_supported: ["b", "a"] });
    await ignoreDrift(owner, { id, name: "token_auth_method", published: ["a", "b"] });
    expect(await namesIn(id)).toEqual([["token_auth_method", true]]);
  });
});
