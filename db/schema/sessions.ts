import {
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from "drizzle-orm/pg-core";
import type { EvaluationAnswer } from "@/lib/external-evaluation/answer";
import { applications } from "./applications";
import { users } from "./users";

/** Global sessions: a person signed in on the team domain, in one browser. */
export const sessions = pgTable(
  "sessions",
  {
    /** Without its hyphens it is the `identity_nonce` of every token of this session. */
    id: uuid().primaryKey().defaultRandom(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    loginMethodId: uuid("login_method_id").notNull(),
    /** As the provider described the person at this login; what policies judge. */
    identity: jsonb().$type<Record<string, unknown>>().notNull(),
    ip: text(),
    country: text(),
    userAgent: text("user_agent"),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    /** Until then new application tokens are made without the provider. */
    expiresAt: timestamp("expires_at", { withTimezone: true }).notNull(),
    /** The latest end of its application tokens: until then the gate may ask for this session. */
    tokensExpireAt: timestamp("tokens_expire_at", { withTimezone: true }).notNull(),
    revokedAt: timestamp("revoked_at", { withTimezone: true }),
    revokedReason: text("revoked_reason"),
  },
  (table) => [
    index("sessions_by_user").on(table.userId, table.createdAt.desc()),
    index("sessions_expiry").on(table.tokensExpireAt),
  ],
);

/** Which applications a session has a token for. */
export const sessionApplications = pgTable(
  "session_applications",
  {
    sessionId: uuid("session_id")
      .notNull()
      .references(() => sessions.id, { onDelete: "cascade" }),
    applicationId: uuid("application_id")
      .notNull()
      .references(() => applications.id, { onDelete: "cascade" }),
    host: text().notNull(),
    /** Of the newest token. */
    issuedAt: timestamp("issued_at", { withTimezone: true }).notNull(),
    expiresAt: timestamp("expires_at", { withTimezone: true }).notNull(),
    /** How many tokens were made. */
    issued: integer().notNull().default(1),
    /** Answers of external evaluations by their URL, as of the newest token (lib/external-evaluation). */
    external: jsonb().$type<Record<string, EvaluationAnswer>>().notNull().default({}),
  },
  (table) => [primaryKey({ columns: [table.sessionId, table.applicationId] })],
);

/** One-time values that carry a new application token from the team domain to the application's host. */
export const handoffs = pgTable("handoffs", {
  nonceHash: text("nonce_hash").primaryKey(),
  sessionId: uuid("session_id")
    .notNull()
    .references(() => sessions.id, { onDelete: "cascade" }),
  applicationId: uuid("application_id")
    .notNull()
    .references(() => applications.id, { onDelete: "cascade" }),
  /** Host, with its port, that may fetch it. */
  host: text().notNull(),
  /** Hash of the CF_AppSession cookie of the browser that began. */
  browserHash: text("browser_hash").notNull(),
  /** Sealed: the token. */
  sealed: text().notNull(),
  expiresAt: timestamp("expires_at", { withTimezone: true }).notNull(),
});

/** What stops at once. A trigger tells every instance of each new row. */
export const revocations = pgTable(
  "revocations",
  {
    kind: text({ enum: ["session", "user"] }).notNull(),
    /** Of the session, or of the user whose sessions made until `at` are over. */
    id: uuid().notNull(),
    at: timestamp({ withTimezone: true }).notNull(),
    /** When no token that it is about can be alive any more. */
    expiresAt: timestamp("expires_at", { withTimezone: true }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.kind, table.id] })],
);
