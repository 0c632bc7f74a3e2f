import { sql } from "drizzle-orm";
import {
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { policies } from "./policies";

export const applications = pgTable(
  "applications",
  {
    id: uuid().primaryKey().defaultRandom(),
    /** 64 hex digits; never changes. Tokens for this application name it. */
    aud: text().notNull().unique(),
    name: text().notNull(),
    enabled: boolean().notNull().default(true),
    /** `host/path` patterns in their one spelling, as lib/applications/schema.ts makes them. */
    destinations: text().array().notNull(),
    /** Everything else, under the names of Cloudflare's API. */
    settings: jsonb().$type<Record<string, unknown>>().notNull(),
    /** Raised by "Revoke existing tokens": tokens of an older epoch are refused. */
    tokenEpoch: integer("token_epoch").notNull().default(1),
    version: integer().notNull().default(1),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp("updated_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [uniqueIndex("applications_name").on(sql`lower(${table.name})`)],
);

/** Which policies judge an application, in their order. */
export const applicationPolicies = pgTable(
  "application_policies",
  {
    applicationId: uuid("application_id")
      .notNull()
      .references(() => applications.id, { onDelete: "cascade" }),
    policyId: uuid("policy_id")
      .notNull()
      .references(() => policies.id, { onDelete: "restrict" }),
    /** 1 is judged first. */
    precedence: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.applicationId, table.policyId] }),
    index("application_policies_by_policy").on(table.policyId),
  ],
);
