import { index, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { admins } from "./admins";
import { loginMethodDrafts } from "./login-method-drafts";

/** An invitation to run one test, for somebody without an account here. */
export const testLinks = pgTable(
  "test_links",
  {
    id: uuid().primaryKey(),
    tokenHash: text("token_hash").notNull().unique(),
    loginMethodId: uuid("login_method_id").notNull(),
    draftId: uuid("draft_id").references(() => loginMethodDrafts.id, { onDelete: "cascade" }),
    createdBy: uuid("created_by").references(() => admins.id, { onDelete: "set null" }),
    createdByName: text("created_by_name").notNull(),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    expiresAt: timestamp("expires_at", { withTimezone: true }).notNull(),
    revokedAt: timestamp("revoked_at", { withTimezone: true }),
    /** Set by the one visit that may use it, with the run that it began. */
    usedAt: timestamp("used_at", { withTimezone: true }),
    runId: uuid("run_id"),
  },
  (table) => [index("test_links_by_method").on(table.loginMethodId, table.createdAt)],
);
