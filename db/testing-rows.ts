import { randomUUID } from "node:crypto";
import { database } from "./client";
import { applications } from "./schema/applications";
import { loginMethods } from "./schema/login-methods";

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
