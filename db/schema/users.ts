import { sql } from "drizzle-orm";
import { boolean, index, jsonb, pgTable, text, timestamp, unique, uuid } from "drizzle-orm/pg-core";

/**
 * The user registry: one person per (login method, issuer, subject). An email address links nobody
 * with anybody.
 */
export const users = pgTable(
  "users",
  {
    /** `sub` of every token. Removed and back again means another id. */
    id: uuid().primaryKey().defaultRandom(),
    /** No reference: the person stays in the registry when the login method is deleted. */
    loginMethodId: uuid("login_method_id").notNull(),
    loginMethodName: text("login_method_name").notNull(),
    loginMethodKind: text("login_method_kind").notNull(),
    /** Empty for a person whom SCIM pushed and who has not signed in; `subject` is the resource's id then. */
    issuer: text().notNull(),
    subject: text().notNull(),
    email: text().notNull(),
    name: text(),
    /** What the provider said last (lib/users/schema.ts, `identitySchema`). */
    identity: jsonb().$type<Record<string, unknown>>().notNull(),
    identityUpdatedAt: timestamp("identity_updated_at", { withTimezone: true })
      .notNull()
      .defaultNow(),
    /** The identity before that, for the difference. */
    previousIdentity: jsonb("previous_identity").$type<Record<string, unknown>>(),
    /** Whether the person takes up a seat. */
    seat: boolean().notNull().default(true),
    source: text({ enum: ["login", "scim"] })
      .notNull()
      .default("login"),
    /** Kept out until an admin lets them in again. */
    disabledAt: timestamp("disabled_at", { withTimezone: true }),
    lastLoginAt: timestamp("last_login_at", { withTimezone: true }),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp("updated_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    unique("users_person").on(table.loginMethodId, table.issuer, table.subject),
    index("users_email").on(sql`lower(${table.email})`),
    /** People whom an admin disabled before they signed in. */
    index("users_disabled_unclaimed")
      .on(table.loginMethodId)
      .where(sql`${table.issuer} = '' and ${table.disabledAt} is not null`),
    index("users_last_login").on(table.lastLoginAt.desc()),
  ],
);
