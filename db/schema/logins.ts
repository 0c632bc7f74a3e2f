import { index, json, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";

/** Logins of people, from the choice of a login method to the result; with the trace of the round trip. */
export const logins = pgTable(
  "logins",
  {
    id: uuid().primaryKey(),
    /** The speakable reference that error pages show. */
    ref: text().notNull(),
    loginMethodId: uuid("login_method_id").notNull(),
    /** Null for a login to the App Launcher. */
    applicationId: uuid("application_id"),
    /** Sealed JSON: where the person wants to go (lib/logins/schema.ts). */
    target: text().notNull(),
    status: text({ enum: ["waiting", "running", "passed", "denied", "failed"] }).notNull(),
    stateHash: text("state_hash").notNull().unique(),
    /** Hash of the CF_Session cookie of the browser that began. */
    browserHash: text("browser_hash").notNull(),
    /** Sealed JSON: state, nonce, code verifier. Emptied at the end. */
    sealed: text().notNull(),
    redirectUri: text("redirect_uri").notNull(),
    fingerprint: text().notNull(),
    /** Trace and outcome of the OIDC engine (lib/oidc/schema.ts). */
    outcome: json().$type<Record<string, unknown>>(),
    ip: text(),
    userAgent: text("user_agent"),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    expiresAt: timestamp("expires_at", { withTimezone: true }).notNull(),
    finishedAt: timestamp("finished_at", { withTimezone: true }),
  },
  (table) => [index("logins_created").on(table.createdAt), index("logins_ref").on(table.ref)],
);
