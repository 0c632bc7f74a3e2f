import { randomBytes, randomUUID } from "node:crypto";
import { database } from "./client";
import { applicationPolicies, applications } from "./schema/applications";
import { loginMethods } from "./schema/login-methods";
import { policies } from "./schema/policies";

/** Rows that integration tests need besides their subject. */
export async function insertLoginMethod(name = `Staff ${randomUUID()}`) {
  const db = await database();
  const [row] = await db
    .insert(loginMethods)
    .values({ kind: "oidc", name, config: {} })
    .returning();
  if (!row) throw new Error("no login method");
  const { id, kind } = row;
  return { id, name, kind };
}

export async function insertApplication(name = `Wiki ${randomUUID()}`, host = "wiki.example.com") {
  const db = await database();
  const aud = randomUUID().replaceAll("-", "").repeat(2);
  const [row] = await db
    .insert(applications)
    .values({ aud, name, destinations: [host], settings: {} })
    .returning();
  if (!row) throw new Error("no application");
  return row;
}

interface Guarded {
  settings?: Record<string, unknown>;
  policy?: Partial<typeof policies.$inferInsert>;
}

/** An application with one policy: anybody who signs in, unless `policy` says otherwise. */
export async function insertGuardedApplication(
  host: string,
  { settings = {}, policy }: Guarded = {},
) {
  const db = await database();
  const name = `${host} ${randomBytes(4).toString("hex")}`;
  const aud = randomBytes(32).toString("hex");
  const [application] = await db
    .insert(applications)
    .values({ aud, name, destinations: [host], settings })
    .returning();
  const include = [{ everyone: {} }];
  const [made] = await db
    .insert(policies)
    .values({ name: `People of ${name}`, decision: "allow", include, ...policy })
    .returning();
  if (!application || !made) throw new Error("not inserted");
  const link = { applicationId: application.id, policyId: made.id, precedence: 1 };
  await db.insert(applicationPolicies).values(link);
  return { ...application, policyId: made.id };
}
