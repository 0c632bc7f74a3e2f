import { sql } from "drizzle-orm";
import { check, integer, jsonb, pgTable, text, timestamp } from "drizzle-orm/pg-core";

/** One row: what belongs to the whole installation. */
export const team = pgTable(
  "team",
  {
    id: integer().primaryKey().default(1),
    /** Null until set-up is done. */
    name: text(),
    /** Names that it had, and until when (ISO 8601) their addresses lead to the one of today. */
    formerNames: jsonb("former_names")
      .$type<{ name: string; until: string }[]>()
      .notNull()
      .default([]),
    /** Hosts, host:port and CIDR blocks on private networks that providers may live on. */
    outboundAllow: text("outbound_allow").array().notNull().default(sql`'{}'::text[]`),
    /** How the login page looks (lib/custom-pages/schema.ts). */
    loginDesign: jsonb("login_design").$type<Record<string, unknown>>().notNull().default({}),
    /** Global session duration, a Go duration. */
    sessionDuration: text("session_duration").notNull().default("24h"),
    keyRotationDays: integer("key_rotation_days").notNull().default(42),
    /** Header in which a trusted proxy names the client's country (ISO 3166-1 alpha-2); null for none. */
    countryHeader: text("country_header"),
    setupTokenHash: text("setup_token_hash"),
    setupCompletedAt: timestamp("setup_completed_at", { withTimezone: true }),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [check("team_one_row", sql`${table.id} = 1`)],
);
