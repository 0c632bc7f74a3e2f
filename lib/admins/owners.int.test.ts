import { beforeAll, describe, expect, it } from "vitest";
import { useTestDatabase } from "@/db/testing";
import { auditQuerySchema } from "@/lib/audit/schema";
import { listChanges } from "@/lib/audit/store";
import type { Owner } from "@/lib/kit/actor";
import { changeRole, listAdmins, removeAdmin } from "./store";
import { firstOwner, join, joinAsOwner } from "./testing";

useTestDatabase();
let owner: Owner;
beforeAll(async () => {
  owner = await firstOwner();
});

const owners = async () => (await listAdmins(owner)).filter(({ role }) => role === "owner");

describe("the last owner", () => {
  it("can be neither removed nor demoted", async () => {
    await expect(removeAdmin(owner, owner.id)).rejects.toMatchObject({ code: "conflict" });
    await expect(changeRole(owner, owner.id, "admin")).rejects.toMatchObject({ code: "conflict" });
    expect(await owners()).toHaveLength(1);
  });

  it.each([
    ["both demote each other", changeOf("demote"), changeOf("demote")],
    ["both remove each other", changeOf("remove"), changeOf("remove")],
    ["one demotes and one removes", changeOf("demote"), changeOf("remove")],
    ["both leave", changeOf("leave"), changeOf("leave")],
  ])("stays when two owners act at once: %s", async (_what, first, second) => {
    for (let round = 0; round < 5; round += 1) {
      const other = await joinAsOwner(owner);
      const results = await Promise.allSettled([first(owner, other), second(other, owner)]);
      expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      const left = await owners();
      expect(left).toHaveLength(1);
      // Whoever is left goes on as the owner of the next round.
      if (left[0]?.id === other.id) owner = other;
    }
  });
});

function changeOf(what: "demote" | "remove" | "leave") {
  return (one: Owner, other: Owner): Promise<void> => {
    if (what === "demote") return changeRole(one, other.id, "admin");
    return removeAdmin(one, what === "remove" ? other.id : one.id);
  };
}

describe("an owner who is none any more", () => {
  it("cannot use the capability of an earlier request", async () => {
    const other = await joinAsOwner(owner);
    const { viewer } = await join(owner, "admin");
    await changeRole(owner, other.id, "admin");
    await expect(removeAdmin(other, viewer.id)).rejects.toMatchObject({ code: "forbidden" });
    await expect(changeRole(other, other.id, "owner")).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("changes to admins", () => {
  it("are in the Admin log with before and after", async () => {
    const { viewer } = await join(owner, "admin");
    await changeRole(owner, viewer.id, "read_only");
    await removeAdmin(owner, viewer.id);
    const { entries } = await listChanges(owner, auditQuerySchema.parse({ q: "The admin" }));
    const [removed, changed] = entries.filter(({ target }) => target.id === viewer.id);
    expect(removed).toMatchObject({ action: "admin.remove", actorName: owner.name });
    expect(changed).toMatchObject({
      action: "admin.role",
      changes: [{ path: "role", before: "admin", after: "read_only" }],
      ip: owner.from.ip,
      requestId: owner.from.requestId,
    });
  });

  it("answers for an admin who is gone", async () => {
    const { viewer } = await join(owner, "admin");
    await removeAdmin(owner, viewer.id);
    await expect(removeAdmin(owner, viewer.id)).rejects.toMatchObject({ code: "not_found" });
    await expect(changeRole(owner, viewer.id, "owner")).rejects.toMatchObject({
      code: "not_found",
    });
  });
});
