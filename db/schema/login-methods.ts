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
import { admins } from "./admins";

export const loginMethods = pgTable(
  "login_methods",
  {
    id: uuid().primaryKey().defaultRandom(),
    /** A connector's kind; one the registry does not know is shown as unsupported. */
    kind: text().notNull(),
    name: text().notNull(),
    enabled: boolean().notNull().default(true),
    /** Settings without secrets, as the connector's schema describes them. */
    config: jsonb().$type<Record<string, unknown>>().notNull(),
    /** By config key: the sealed value, when it was set and by whom (a name, kept as text). */
    secrets: jsonb()
      .$type<Record<string, { sealed: string; setAt: string; setBy: string }>>()
      .notNull()
      .default({}),
    scim: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    /** `iss` learnt at the first passed test, for a config that names no issuer. */
    pinnedIssuer: text("pinned_issuer"),
    /** Values of the provider's discovery document that an admin chose not to take, by config key. */
    ignoredDrift: jsonb("ignored_drift").$type<Record<string, unknown>>().notNull().default({}),
    /** Raised by every change of settings: a save of an older version is refused. */
    version: integer().notNull().default(1),
    createdBy: uuid("created_by").references(() => admins.id, { onDelete: "set null" }),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp("updated_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [uniqueIndex("login_methods_name").on(sql`lower(${table.name})`)],
);
