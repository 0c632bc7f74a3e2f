import { pgTable, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";

/** Names and types of the claims that passed tests brought; never a value. */
export const seenClaims = pgTable(
  "seen_claims",
  {
    loginMethodId: uuid("login_method_id").notNull(),
    /** Name, or path of a nested value, as OIDC Claims takes it. */
    name: text().notNull(),
    type: text().notNull(),
    source: text({ enum: ["id_token", "user_info", "groups_api"] }).notNull(),
    lastSeenAt: timestamp("last_seen_at", { withTimezone: true }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.loginMethodId, table.name] })],
);
