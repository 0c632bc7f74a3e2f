import "server-only";
import { eq } from "drizzle-orm";
import * as z from "zod";
import type { Queryable } from "@/db/client";
import { loginMethods } from "@/db/schema/login-methods";
import { diffOf } from "@/lib/audit/diff";
import { recordChange } from "@/lib/audit/store";
import { storedKeys } from "@/lib/client-keys/store";
import type { Admin } from "@/lib/kit/actor";
import { gone } from "../refusals";
import { audited, type Row } from "../row";

/** The stored row; `lock` keeps others from changing it until the transaction ends. */
export async function rowOf(db: Queryable, id: string, lock = false): Promise<Row> {
  if (!z.uuid().safeParse(id).success) throw gone();
  const query = db.select().from(loginMethods).where(eq(loginMethods.id, id));
  const [row] = await (lock ? query.for("update") : query);
  if (!row) throw gone();
  return { ...row, keys: await storedKeys(db, id) };
}

/** Writes the change of a row to the audit log; what it says of secrets is only that they changed. */
export const record = (
  tx: Queryable,
  admin: Admin,
  action: string,
  [before, after]: [Row | null, Row | null],
) => {
  const row = after ?? before;
  const secrets = Object.keys({ ...before?.secrets, ...after?.secrets });
  return recordChange(tx, admin, {
    action: `login_method.${action}`,
    target: { type: "login_method", id: row?.id ?? null, name: row?.name ?? "" },
    changes: diffOf(before && audited(before), after && audited(after), secrets),
  });
};
