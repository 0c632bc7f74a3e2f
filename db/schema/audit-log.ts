import { bigint, index, jsonb, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";

/** Every change: who, what, before and after with secrets as "changed", from where, through which door. */
export const auditLog = pgTable(
  "audit_log",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    at: timestamp({ withTimezone: true }).notNull().defaultNow(),
    actorId: uuid("actor_id"),
    actorName: text("actor_name").notNull(),
    /** `login_method.create`, `admin.remove` … */
    action: text().notNull(),
    targetType: text("target_type").notNull(),
    targetId: text("target_id"),
    targetName: text("target_name").notNull(),
    changes: jsonb()
      .$type<{ path: string; before: unknown; after: unknown }[]>()
      .notNull()
      .default([]),
    ip: text(),
    door: text().notNull(),
    requestId: text("request_id").notNull(),
  },
  (table) => [
    index("audit_log_at").on(table.at.desc()),
    index("audit_log_target").on(table.targetType, table.targetId),
  ],
);
