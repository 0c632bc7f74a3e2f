import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { useTestDatabase } from "@/db/testing";
import { firstOwner } from "@/lib/admins/testing";
import { jwksPath } from "@/lib/client-keys/schema";
import { makeClientKey } from "@/lib/client-keys/store";
import type { Admin } from "@/lib/kit/actor";
import { machine } from "./app";

useTestDatabase();
let ada: Admin;
beforeAll(async () => {
  ada = await firstOwner();
});

const ask = async (path: string, init: RequestInit = {}) =>
  machine().request(`http://localhost:3000${path}`, init);

describe("the key set of a login method", () => {
  it("holds its public keys and nothing of the private ones, for a minute", async () => {
    const id = randomUUID();
    await makeClientKey(ada, { loginMethodId: id, use: "sig", alg: "RS256" });
    await makeClientKey(ada, { loginMethodId: id, use: "enc", alg: "RSA-OAEP-256" });
    await makeClientKey(ada, { loginMethodId: randomUUID(), use: "sig", alg: "ES256" });
    const response = await ask(jwksPath(id));
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toMatch(/^application\/json/);
    expect(response.headers.get("cache-control")).toBe("public, max-age=60");
    const { keys } = (await response.json()) as { keys: Record<string, string>[] };
    expect(keys.map((key) => Object.keys(key).sort())).toEqual(
      Array.from({ length: 2 }, () => ["alg", "e", "kid", "kty", "n", "use"]),
    );
    expect(keys.map(({ use }) => use)).toEqual(["sig", "enc"]);
  });

  it("is empty for an id that was never saved, so that it tells nothing about which are", async () => {
    const response = await ask(jwksPath(randomUUID()));
    expect([response.status, await response.json()]).toEqual([200, { keys: [] }]);
  });

  it.each(["not-an-id", "%27or%201=1", "..%2f..%2fetc"])("there is none for %s", async (id) => {
    expect((await ask(jwksPath(id))).status).toBe(404);
  });

  it.each([
    ["HEAD", 200],
    ["POST", 405],
    ["DELETE", 405],
  ])("answers %s with %d", async (method, status) => {
    expect((await ask(jwksPath(randomUUID()), { method })).status).toBe(status);
  });
});
