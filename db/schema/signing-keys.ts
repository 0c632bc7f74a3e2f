import { jsonb, pgTable, text, timestamp } from "drizzle-orm/pg-core";

/** The keys that application tokens are signed with. The newest that is not retired signs. */
export const signingKeys = pgTable("signing_keys", {
  /** 64 hex digits: SHA-256 of the public key. */
  kid: text().primaryKey(),
  publicJwk: jsonb("public_jwk").$type<Record<string, string>>().notNull(),
  /** Self-signed certificate of the public key, PEM. */
  certificate: text().notNull(),
  /** Sealed JSON: the private JWK. */
  sealed: text().notNull(),
  createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  /** When its successor took over; until `expiresAt` it still verifies. */
  retiredAt: timestamp("retired_at", { withTimezone: true }),
  expiresAt: timestamp("expires_at", { withTimezone: true }),
});
