import { index, integer, jsonb, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { admins } from "./admins";

/** Settings of a form as it stood when it was tested; never what people sign in with. */
export const loginMethodDrafts = pgTable(
  "login_method_drafts",
  {
    id: uuid().primaryKey(),
    /** The login method that it changes, or the id that a new one will get. */
    loginMethodId: uuid("login_method_id").notNull(),
    /** The saved version that the form began from; 0 for one never saved. */
    baseVersion: integer("base_version").notNull(),
    kind: text().notNull(),
    name: text().notNull(),
    config: jsonb().$type<Record<string, unknown>>().notNull(),
    /** As in `login_methods`, sealed for this draft. */
    secrets: jsonb()
      .$type<Record<string, { sealed: string; setAt: string; setBy: string }>>()
      .notNull()
      .default({}),
    scim: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    createdBy: uuid("created_by").references(() => admins.id, { onDelete: "set null" }),
    createdByName: text("created_by_name").notNull(),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    /** Afterwards it is deleted, secrets and all. */
    expiresAt: timestamp("expires_at", { withTimezone: true }).notNull(),
  },
  (table) => [index("login_method_drafts_by_method").on(table.loginMethodId, table.createdAt)],
);
