import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
  uuid,
} from "drizzle-orm/pg-core";

/** Every login and every denial, with the policy and the rule that decided. Names are kept as text. */
export const accessLog = pgTable(
  "access_log",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    at: timestamp({ withTimezone: true }).notNull().defaultNow(),
    /** `lib/access-log/schema.ts` has the list. */
    event: text().notNull(),
    allowed: boolean().notNull(),
    /** Speakable reference, as the person's page shows it. */
    ref: text().notNull(),
    applicationId: uuid("application_id"),
    applicationName: text("application_name"),
    host: text(),
    userId: uuid("user_id"),
    userEmail: text("user_email"),
    loginMethodId: uuid("login_method_id"),
    loginMethodName: text("login_method_name"),
    loginMethodKind: text("login_method_kind"),
    serviceTokenId: uuid("service_token_id"),
    serviceTokenName: text("service_token_name"),
    ip: text(),
    country: text(),
    userAgent: text("user_agent"),
    policyId: uuid("policy_id"),
    policyName: text("policy_name"),
    /** The rule that decided, in words. */
    rule: text(),
    /** Closed code of the reason. */
    reason: text().notNull(),
    /** Every policy and rule with its verdict (lib/policies/explanation.ts). */
    explanation: jsonb().$type<Record<string, unknown>>(),
    /** The identity that was judged. */
    identity: jsonb().$type<Record<string, unknown>>(),
    /** The login whose trace tells more. */
    loginId: uuid("login_id"),
    /** Like refusals of one minute are one entry. */
    count: integer().notNull().default(1),
  },
  (table) => [
    index("access_log_at").on(table.at.desc()),
    index("access_log_user").on(table.userId, table.id.desc()),
    index("access_log_application").on(table.applicationId, table.id.desc()),
    index("access_log_ref").on(table.ref),
  ],
);

/** What is wrong with a reverse proxy's questions to the gate, one row per proxy and problem. */
export const proxyReports = pgTable("proxy_reports", {
  /** Hash of front end, problem, peer and host. */
  id: text().primaryKey(),
  frontEnd: text("front_end").notNull(),
  /** Closed code, see lib/gate/proxy-problems.ts. */
  problem: text().notNull(),
  peer: text(),
  host: text(),
  /** Names of headers and what was odd about them; never a cookie or a credential. */
  detail: text().notNull(),
  count: integer().notNull().default(1),
  firstAt: timestamp("first_at", { withTimezone: true }).notNull().defaultNow(),
  lastAt: timestamp("last_at", { withTimezone: true }).notNull().defaultNow(),
});
