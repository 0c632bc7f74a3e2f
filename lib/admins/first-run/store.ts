import "server-only";
import { count, eq, sql } from "drizzle-orm";
import { database, type Queryable } from "@/db/client";
import { admins } from "@/db/schema/admins";
import { team } from "@/db/schema/team";
import { diffOf } from "@/lib/audit/diff";
import { recordChange } from "@/lib/audit/store";
import type { Origin } from "@/lib/kit/actor";
import { AppError } from "@/lib/kit/errors";
import { hashToken, sameText } from "@/lib/kit/secrets";
import type { SessionSubject } from "../credentials/store";
import { insertAdmin } from "../store";

/** Makes the team's row if need be and locks it: whoever comes second sees what the first did. */
async function lockTeam(tx: Queryable) {
  await tx.insert(team).values({ id: 1 }).onConflictDoNothing();
  const [row] = await tx
    .select({
      name: team.name,
      tokenHash: team.setupTokenHash,
      completedAt: team.setupCompletedAt,
    })
    .from(team)
    .for("update");
  if (!row) throw new Error("the team row could not be made");
  return row;
}

async function ownerExists(tx: Queryable): Promise<boolean> {
  const [row] = await tx.select({ n: count() }).from(admins).where(eq(admins.role, "owner"));
  return (row?.n ?? 0) > 0;
}

/**
 * Puts a new set-up token in the place of the old one. False, and nothing changed, once set-up is
 * done; without any owner it is open again, because only the log's reader can use it.
 */
export async function renewSetupToken(token: string): Promise<boolean> {
  const db = await database();
  return db.transaction(async (tx) => {
    const { completedAt } = await lockTeam(tx);
    if (completedAt && (await ownerExists(tx))) return false;
    await tx.update(team).set({ setupTokenHash: hashToken(token), setupCompletedAt: null });
    return true;
  });
}

const setupDone = (): AppError =>
  new AppError("conflict", "Set-up is done already.", {
    fix: "Sign in, or ask an owner to invite you.",
  });

function checkToken(row: { tokenHash: string | null; completedAt: Date | null }, token: string) {
  if (row.completedAt) throw setupDone();
  if (row.tokenHash && sameText(row.tokenHash, hashToken(token))) return;
  const message = "That token does not match. Copy the newest one from the server log.";
  throw new AppError("unauthenticated", message, { fields: { token: [message] } });
}

/** Throws AppError `unauthenticated` unless this is the newest set-up token. */
export async function checkSetupToken(token: string): Promise<void> {
  const db = await database();
  const [row] = await db
    .select({ tokenHash: team.setupTokenHash, completedAt: team.setupCompletedAt })
    .from(team);
  checkToken(row ?? { tokenHash: null, completedAt: null }, token);
}

export interface FirstOwner {
  name: string;
  email: string;
  passwordHash: string;
  teamName: string;
}

async function finish(
  tx: Queryable,
  { name, email, passwordHash, teamName }: FirstOwner,
  from: Origin,
): Promise<SessionSubject> {
  const owner = await insertAdmin(tx, {
    name,
    email,
    passwordHash,
    role: "owner",
    // Whoever finishes the set-up page is signed in with that.
    lastSignInAt: from.door === "setup" ? new Date() : null,
  });
  await tx.update(team).set({ name: teamName, setupTokenHash: null, setupCompletedAt: sql`now()` });
  await recordChange(
    tx,
    { id: owner.id, name, from },
    {
      action: "setup.complete",
      target: { type: "team", id: null, name: teamName },
      changes: diffOf(null, { team_name: teamName, owner: { name, email, role: "owner" } }),
    },
  );
  return owner;
}

/** Completes set-up once: of any number of requests with the right token, one makes the owner. */
export async function completeWithToken(
  token: string,
  owner: FirstOwner,
  from: Origin,
): Promise<SessionSubject> {
  const db = await database();
  return db.transaction(async (tx) => {
    checkToken(await lockTeam(tx), token);
    return finish(tx, owner, from);
  });
}

/** Completes set-up from the environment unless there is an owner. Whether it did. */
export async function completeWithoutToken(owner: FirstOwner, from: Origin): Promise<boolean> {
  const db = await database();
  return db.transaction(async (tx) => {
    const { name } = await lockTeam(tx);
    if (await ownerExists(tx)) return false;
    await finish(tx, { ...owner, teamName: name ?? owner.teamName }, from);
    return true;
  });
}

/** Whether this installation has an owner, so that the environment need not make one. */
export async function hasOwner(): Promise<boolean> {
  return ownerExists(await database());
}
