import { sql } from "drizzle-orm";
import {
  boolean,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";

/** Rules as Cloudflare's API writes them, such as `{"email_domain":{"domain":"b.c"}}`. */
const rules = {
  include: jsonb().$type<unknown[]>().notNull().default([]),
  require: jsonb().$type<unknown[]>().notNull().default([]),
  exclude: jsonb().$type<unknown[]>().notNull().default([]),
};
const dates = {
  version: integer().notNull().default(1),
  createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  updatedAt: timestamp("updated_at", { withTimezone: true }).notNull().defaultNow(),
};

export const policies = pgTable(
  "policies",
  {
    id: uuid().primaryKey().defaultRandom(),
    name: text().notNull(),
    decision: text({ enum: ["allow", "deny", "bypass", "non_identity"] }).notNull(),
    ...rules,
    /** Go duration; null means the application's. */
    sessionDuration: text("session_duration"),
    ...dates,
  },
  (table) => [uniqueIndex("policies_name").on(sql`lower(${table.name})`)],
);

/** Named rules that policies refer to. */
export const ruleGroups = pgTable(
  "rule_groups",
  {
    id: uuid().primaryKey().defaultRandom(),
    name: text().notNull(),
    ...rules,
    isDefault: boolean("is_default").notNull().default(false),
    ...dates,
  },
  (table) => [uniqueIndex("rule_groups_name").on(sql`lower(${table.name})`)],
);
