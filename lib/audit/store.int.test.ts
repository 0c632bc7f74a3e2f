import { beforeAll, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { firstOwner, origin } from "@/lib/admins/testing";
import type { Owner } from "@/lib/kit/actor";
import { diffOf } from "./diff";
import { auditQuerySchema } from "./schema";
import { auditFacets, getChange, listChanges, recordChange } from "./store";

useTestDatabase();
let viewer: Owner;
const ask = (query: Record<string, unknown>, size?: number) =>
  listChanges(viewer, auditQuerySchema.parse(query), size);

async function write(actor: string, action: string, name: string): Promise<void> {
  const db = await database();
  await db.transaction((tx) =>
    recordChange(
      tx,
      { id: null, name: actor, from: origin("198.51.100.7") },
      { action, target: { type: "login_method", id: "lm-1", name } },
    ),
  );
}

beforeAll(async () => {
  viewer = await firstOwner();
  await write("Grace", "login_method.create", "Okta");
  await write("Grace", "login_method.change", "100%_sure\\ly");
  await write("Ada", "login_method.change", "Okta");
});

describe("the Admin log", () => {
  it("shows the newest first", async () => {
    const { entries, next } = await ask({});
    expect(entries.map(({ action }) => action)).toEqual([
      "login_method.change",
      "login_method.change",
      "login_method.create",
      "setup.complete",
    ]);
    expect(next).toBeNull();
  });

  it.each([
    [{ actor: "Grace" }, 2],
    [{ action: "login_method.change" }, 2],
    [{ actor: "Grace", action: "login_method.change" }, 1],
    [{ q: "okta" }, 2],
    [{ q: "198.51.100" }, 3],
    [{ q: "%" }, 1],
    [{ q: "_" }, 3],
    [{ q: "\\ly" }, 1],
    [{ q: "'; drop table audit_log; --" }, 0],
    [{ actor: "nobody" }, 0],
  ])("filters by %j", async (query, found) => {
    expect((await ask(query)).entries).toHaveLength(found);
  });

  it("goes on where a page ended, though entries arrive meanwhile", async () => {
    const first = await ask({}, 2);
    await write("Late", "login_method.create", "Late");
    const second = await ask({ before: first.next }, 2);
    const ids = [...first.entries, ...second.entries].map(({ id }) => id);
    expect(ids).toEqual([...ids].sort((a, b) => b - a));
    expect(new Set(ids).size).toBe(4);
    expect(second.next).toBeNull();
  });

  it.each([
    [{ before: "x" }],
    [{ before: "-1" }],
    [{ before: "9".repeat(40) }],
    [{ q: ["a", "b"] }],
    [{ q: "a\u0000b", actor: "\u0000", action: "\u0000" }],
    [{ q: "x".repeat(500), actor: {}, event: "<script>" }],
  ])("takes the odd query %j for no filter", (query) => {
    expect(auditQuerySchema.parse(query)).toEqual({
      q: "",
      actor: "",
      action: "",
      before: undefined,
      event: undefined,
    });
  });

  it("knows what there is to filter by", async () => {
    const { actors, actions } = await auditFacets(viewer);
    expect(actors).toEqual(expect.arrayContaining(["Ada", "Grace"]));
    expect(actions).toEqual(expect.arrayContaining(["setup.complete", "login_method.create"]));
  });

  it("has no entry by an id that it does not hold", async () => {
    await expect(getChange(viewer, 999_999)).rejects.toMatchObject({ code: "not_found" });
  });

  it("keeps no entry of a change that was rolled back", async () => {
    const db = await database();
    const failing = db.transaction(async (tx) => {
      await recordChange(
        tx,
        { id: null, name: "Ghost", from: origin() },
        { action: "x.y", target: { type: "x", id: null, name: "x" } },
      );
      throw new Error("the change failed");
    });
    await expect(failing).rejects.toThrow("the change failed");
    expect((await ask({ actor: "Ghost" })).entries).toEqual([]);
  });

  it("stores what PostgreSQL alone would refuse", async () => {
    const db = await database();
    await recordChange(
      db,
      { id: null, name: "Odd", from: origin() },
      {
        action: "x.y",
        target: { type: "x", id: null, name: "x" },
        changes: diffOf(null, { note: "a\u0000b", list: ["\u0000"] }),
      },
    );
    const [entry] = (await ask({ actor: "Odd" })).entries;
    expect(entry?.changes).toEqual([
      { path: "list", before: null, after: ["\uFFFD"] },
      { path: "note", before: null, after: "a\uFFFDb" },
    ]);
  });
});
