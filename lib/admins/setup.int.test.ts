import { sql } from "drizzle-orm";
import { afterEach, describe, expect, it, vi } from "vitest";
import { database } from "@/db/client";
import { admins } from "@/db/schema/admins";
import { team } from "@/db/schema/team";
import { useTestDatabase } from "@/db/testing";
import { auditQuerySchema } from "@/lib/audit/schema";
import { listChanges } from "@/lib/audit/store";
import { installation } from "@/lib/team/store";
import { signInWithPassword } from "./credentials/store";
import { checkSetupToken, completeWithToken } from "./first-run/store";
import { completeSetup, ensureFirstOwner, ensureSetupToken } from "./setup";
import { firstOwner, origin, PASSWORD, setupToken } from "./testing";

vi.stubEnv("ADMIN_EMAIL", "Root@Corp.example");
vi.stubEnv("ADMIN_PASSWORD", "seven lamps on a hill");
vi.stubEnv("GATEHOUSE_URL", "https://gate.corp.example");
useTestDatabase();

const complete = (token: string, email = "ada@example.com") =>
  completeSetup({ token, name: "Ada", email, password: PASSWORD, teamName: "acme" }, origin());
/** Opens all connections, so that no request waits for one and comes late. */
async function warmPool(): Promise<void> {
  const db = await database();
  const sleep = () => db.execute(sql`select pg_sleep(0.05)`);
  await Promise.all(Array.from({ length: 10 }, sleep));
}
const allAdmins = async () => (await database()).select().from(admins);

afterEach(async () => {
  const db = await database();
  await db.delete(admins);
  await db.delete(team);
});

describe("the set-up token", () => {
  it("comes as a link whose fragment no server sees", async () => {
    const { hash, pathname, search, origin: at } = new URL((await ensureSetupToken())?.url ?? "");
    expect(at).toBe("https://gate.corp.example");
    expect(pathname + search).toBe("/setup");
    expect(hash).toMatch(/^#token=zt-setup-[\w-]{32}$/);
  });

  it("is void once a new start has printed another", async () => {
    const old = await setupToken();
    const current = await setupToken();
    await expect(checkSetupToken(old)).rejects.toMatchObject({ code: "unauthenticated" });
    await expect(checkSetupToken(current)).resolves.toBeUndefined();
  });

  it.each(["", "zt-setup-guess", "null", "x".repeat(200)])("is not %j", async (guess) => {
    await setupToken();
    await expect(complete(guess)).rejects.toMatchObject({
      code: "unauthenticated",
      fields: {
        token: ["That token does not match. Copy the newest one from the server log."],
      },
    });
    expect(await allAdmins()).toEqual([]);
  });

  it("does not exist before the first start has made one", async () => {
    await expect(checkSetupToken("")).rejects.toMatchObject({ code: "unauthenticated" });
  });

  it("is kept only as a hash", async () => {
    const token = await setupToken();
    const db = await database();
    expect(JSON.stringify(await db.select().from(team))).not.toContain(token);
  });

  it("is not made any more once there is an owner", async () => {
    await complete(await setupToken());
    expect(await ensureSetupToken()).toBeNull();
  });
});

describe("completing the set-up", () => {
  it("makes the owner, names the team and closes the set-up", async () => {
    await complete(await setupToken());
    expect(await allAdmins()).toMatchObject([{ email: "ada@example.com", role: "owner" }]);
    expect(await installation()).toEqual({
      teamName: "acme",
      setupDone: true,
      consoleUrl: "https://gate.corp.example",
      teamDomain: "https://gate.corp.example",
      callbackUrl: "https://gate.corp.example/cdn-cgi/access/callback",
    });
  });

  it("makes one owner out of many requests at once", async () => {
    const token = await setupToken();
    // Without the hashing before it, which would spread them out.
    const finish = (index: number) => {
      const email = `owner-${index}@example.com`;
      const owner = { name: "Ada", email, passwordHash: "-", teamName: "acme" };
      return completeWithToken(token, owner, origin());
    };
    await warmPool();
    const results = await Promise.allSettled(Array.from({ length: 12 }, (_, n) => finish(n)));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await allAdmins()).toHaveLength(1);
  });

  it("cannot be done again with the token that worked", async () => {
    const token = await setupToken();
    await complete(token);
    await expect(complete(token, "second@example.com")).rejects.toMatchObject({ code: "conflict" });
  });

  it("is in the Admin log, without the password", async () => {
    const owner = await firstOwner();
    const { entries } = await listChanges(owner, auditQuerySchema.parse({}));
    expect(entries[0]).toMatchObject({ action: "setup.complete", actorName: "Ada" });
    expect(JSON.stringify(entries)).not.toContain(PASSWORD);
  });
});

describe("an owner from the environment", () => {
  it("is made without a page, with a team name from the address", async () => {
    expect(await ensureFirstOwner()).toBe(true);
    expect(await installation()).toMatchObject({ teamName: "corp", setupDone: true });
    expect(await ensureSetupToken()).toBeNull();
    const session = await signInWithPassword(
      "root@corp.example",
      "seven lamps on a hill",
      origin(),
    );
    expect(session.epoch).toBe(1);
  });

  it("is made once by instances that start together", async () => {
    const made = await Promise.all([ensureFirstOwner(), ensureFirstOwner(), ensureFirstOwner()]);
    expect(made.filter(Boolean)).toHaveLength(1);
    expect(await allAdmins()).toHaveLength(1);
  });

  it("does not touch an owner who is there", async () => {
    await complete(await setupToken());
    expect(await ensureFirstOwner()).toBe(false);
    expect(await allAdmins()).toMatchObject([{ email: "ada@example.com" }]);
  });

  it("voids a set-up link that was printed before", async () => {
    const token = await setupToken();
    await ensureFirstOwner();
    await expect(complete(token)).rejects.toMatchObject({ code: "conflict" });
  });
});
