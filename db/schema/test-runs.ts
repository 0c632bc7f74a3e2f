import { index, integer, json, jsonb, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { admins } from "./admins";

export const testRuns = pgTable(
  "test_runs",
  {
    id: uuid().primaryKey(),
    /** No reference: a draft is tested before its login method is saved under this id. */
    loginMethodId: uuid("login_method_id").notNull(),
    /** The saved version that was tested, or that the draft began from; 0 for one never saved. */
    loginMethodVersion: integer("login_method_version").notNull(),
    /**
     * The draft that was tested in place of the saved settings. No reference: when the draft is gone,
     * its run must neither go on with the saved settings nor be taken for a test of them.
     */
    draftId: uuid("draft_id"),
    /** Type, name and settings (without secrets) as they were tested. */
    kind: text().notNull(),
    name: text().notNull(),
    settings: jsonb().$type<Record<string, unknown>>().notNull(),
    /** Of the settings and secrets that were tested, so that "changed since" can be told. */
    fingerprint: text().notNull(),
    /** The shared link that it was started by; null for the console. */
    linkId: uuid("link_id"),
    startedBy: uuid("started_by").references(() => admins.id, { onDelete: "set null" }),
    startedByName: text("started_by_name").notNull(),
    status: text({
      enum: [
        "waiting",
        "running",
        "passed",
        "passed_with_warnings",
        "failed",
        "timed_out",
        "cancelled",
      ],
    }).notNull(),
    /** One-time ticket that carries the run from the console to the team domain. */
    ticketHash: text("ticket_hash").notNull(),
    /** Hash of `state`; unique, and taken out of reach by the first callback. */
    stateHash: text("state_hash").notNull().unique(),
    /** Hash of the cookie that binds the run to the browser that began it; null until it left. */
    browserHash: text("browser_hash"),
    /** Sealed JSON: state, nonce, code verifier. */
    sealed: text().notNull(),
    redirectUri: text("redirect_uri").notNull(),
    /**
     * Steps so far while it runs, the whole outcome afterwards (lib/oidc/schema.ts). Not `jsonb`, which
     * would sort the claims.
     */
    outcome: json().$type<Record<string, unknown>>(),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    expiresAt: timestamp("expires_at", { withTimezone: true }).notNull(),
    finishedAt: timestamp("finished_at", { withTimezone: true }),
  },
  (table) => [index("test_runs_by_method").on(table.loginMethodId, table.createdAt.desc())],
);
