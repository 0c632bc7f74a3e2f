import { index, jsonb, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";

/** Key pairs that Gatehouse made for one login method; the public halves are served as a JWKS. */
export const clientKeys = pgTable(
  "client_keys",
  {
    /** The key's `kid`. */
    kid: text().primaryKey(),
    /** No reference: a key is made, and given to the provider, before the login method is saved. */
    loginMethodId: uuid("login_method_id").notNull(),
    use: text({ enum: ["sig", "enc"] }).notNull(),
    alg: text().notNull(),
    publicJwk: jsonb("public_jwk").$type<Record<string, string>>().notNull(),
    /** Sealed JSON: the private JWK. */
    sealed: text().notNull(),
    createdByName: text("created_by_name").notNull(),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    /** No longer used to sign; still opens what it encrypted until it is deleted. */
    retiredAt: timestamp("retired_at", { withTimezone: true }),
  },
  (table) => [index("client_keys_by_method").on(table.loginMethodId)],
);
