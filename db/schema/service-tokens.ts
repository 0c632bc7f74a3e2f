import { sql } from "drizzle-orm";
import { boolean, integer, pgTable, text, timestamp, uniqueIndex, uuid } from "drizzle-orm/pg-core";

/** Credentials of programs: a client id, and a secret of which only the hash is kept. */
export const serviceTokens = pgTable(
  "service_tokens",
  {
    id: uuid().primaryKey().defaultRandom(),
    name: text().notNull(),
    /** 32 hex digits and `.access`. */
    clientId: text("client_id").notNull().unique(),
    secretHash: text("secret_hash").notNull(),
    secretVersion: integer("secret_version").notNull().default(1),
    /** The secret before the last rotation, good until `previousExpiresAt`. */
    previousHash: text("previous_hash"),
    previousExpiresAt: timestamp("previous_expires_at", { withTimezone: true }),
    enabled: boolean().notNull().default(true),
    /** Go duration such as 8760h, or `forever`. */
    duration: text().notNull(),
    expiresAt: timestamp("expires_at", { withTimezone: true }),
    createdByName: text("created_by_name").notNull(),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp("updated_at", { withTimezone: true }).notNull().defaultNow(),
    /** Written now and then, not at every use. */
    lastUsedAt: timestamp("last_used_at", { withTimezone: true }),
    lastUsedIp: text("last_used_ip"),
    /** Of the secret before the last rotation, since that rotation. */
    previousLastUsedAt: timestamp("previous_last_used_at", { withTimezone: true }),
  },
  (table) => [uniqueIndex("service_tokens_name").on(sql`lower(${table.name})`)],
);
