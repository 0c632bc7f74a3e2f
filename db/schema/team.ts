import { sql } from "drizzle-orm";
import { check, integer, pgTable, text, timestamp } from "drizzle-orm/pg-core";

/** One row: what belongs to the whole installation. */
export const team = pgTable(
  "team",
  {
    id: integer().primaryKey().default(1),
    /** Null until set-up is done. */
    name: text(),
    /** Hosts, host:port and CIDR blocks on private networks that providers may live on. */
    outboundAllow: text("outbound_allow").array().notNull().default(sql`'{}'::text[]`),
    setupTokenHash: text("setup_token_hash"),
    setupCompletedAt: timestamp("setup_completed_at", { withTimezone: true }),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [check("team_one_row", sql`${table.id} = 1`)],
);
