import { sql } from "drizzle-orm";
import { integer, pgTable, text, timestamp, uniqueIndex, uuid } from "drizzle-orm/pg-core";

export const admins = pgTable(
  "admins",
  {
    id: uuid().primaryKey().defaultRandom(),
    name: text().notNull(),
    email: text().notNull(),
    passwordHash: text("password_hash").notNull(),
    role: text({ enum: ["owner", "admin", "read_only"] }).notNull(),
    /** Raised when the password changes: sessions made before it are over. */
    sessionEpoch: integer("session_epoch").notNull().default(1),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    lastSignInAt: timestamp("last_sign_in_at", { withTimezone: true }),
  },
  (table) => [uniqueIndex("admins_email").on(sql`lower(${table.email})`)],
);

/** One-time links that make an admin. */
export const invitations = pgTable("invitations", {
  id: uuid().primaryKey().defaultRandom(),
  tokenHash: text("token_hash").notNull().unique(),
  email: text().notNull(),
  role: text({ enum: ["owner", "admin", "read_only"] }).notNull(),
  invitedBy: uuid("invited_by").references(() => admins.id, { onDelete: "set null" }),
  createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  expiresAt: timestamp("expires_at", { withTimezone: true }).notNull(),
  usedAt: timestamp("used_at", { withTimezone: true }),
});

/** Failed admin sign-ins per account and per address. `key` is `account:<email>` or `address:<ip or /64>`. */
export const signInThrottle = pgTable("sign_in_throttle", {
  key: text().primaryKey(),
  failures: integer().notNull(),
  firstFailureAt: timestamp("first_failure_at", { withTimezone: true }).notNull(),
  blockedUntil: timestamp("blocked_until", { withTimezone: true }),
});
