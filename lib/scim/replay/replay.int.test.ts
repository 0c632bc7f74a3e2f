import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { scimLog, scimUsers } from "@/db/schema/scim";
import { users } from "@/db/schema/users";
import { useTestDatabase } from "@/db/testing";
import { firstOwner } from "@/lib/admins/testing";
import { scimClientOf } from "@/lib/http/testing-scim";
import type { Owner } from "@/lib/kit/actor";
import { removeLoginMethod } from "@/lib/login-methods/store";
import { scimLogQuerySchema } from "../log/schema";
import { listScimLog, noteScimFailure } from "../log/store";
import { replayingClient } from "../secrets/store";
import { replayEntry } from "./replay-entry";

useTestDatabase();
let ada: Owner;
beforeAll(async () => {
  ada = await firstOwner();
});

async function endpoint() {
  const provider = await scimClientOf(ada);
  const { loginMethodId: id } = provider;
  const client = await replayingClient(ada, id, "Okta SCIM Client 1.0.0");
  const send = (method: string, path: string, body?: unknown) =>
    provider.send(method, `/${path}`, body);
  const newest = async () =>
    (await listScimLog(ada, scimLogQuerySchema.parse({ idp: id }))).entries;
  return { id, client, send, newest };
}
const counts = async () => {
  const db = await database();
  return Promise.all([scimUsers, users, scimLog].map((table) => db.$count(table)));
};

describe("a request that is replayed", () => {
  it("says what it would do now, and keeps nothing", async () => {
    const { send, newest } = await endpoint();
    const { body } = await send("POST", "Users", { userName: "bob@example.com" });
    const { id } = body as { id: string };
    const [created] = await newest();
    const before = await counts();

    const again = await replayEntry(ada, created?.id ?? 0);
    expect(again).toMatchObject({ status: 409, error: expect.any(String), effects: [] });
    expect(await counts()).toEqual(before);

    await send("DELETE", `Users/${id}`);
    const gone = await counts();
    const fresh = await replayEntry(ada, created?.id ?? 0);
    expect(fresh).toMatchObject({
      ...{ status: 201, error: null },
      intents: [expect.stringContaining("bob@example.com")],
      effects: [{ kind: "registered", email: "bob@example.com" }],
      response: expect.stringContaining("bob@example.com"),
    });
    expect(await counts()).toEqual(gone);
  });

  it("must be in the log whole", async () => {
    const { client, newest } = await endpoint();
    const cut = { method: "POST", path: "/Users", status: 400, request: '{"userName":' };
    const hidden = { method: "GET", path: "/Users", status: 400, query: "filter=password pr" };
    for (const entry of [cut, hidden]) {
      await noteScimFailure(client, entry);
      const [noted] = await newest();
      await expect(replayEntry(ada, noted?.id ?? 0)).rejects.toMatchObject({ code: "conflict" });
    }
  });

  it("needs its login method, and an entry", async () => {
    const { id, send, newest } = await endpoint();
    await send("POST", "Users", { userName: `${randomUUID()}@example.com` });
    const [entry] = await newest();
    await removeLoginMethod(ada, id);
    for (const gone of [entry?.id ?? 0, 999_999]) {
      await expect(replayEntry(ada, gone)).rejects.toMatchObject({ code: "not_found" });
    }
  });
});
