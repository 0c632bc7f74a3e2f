import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { loginMethods } from "./login-methods";
import { users } from "./users";

/** To the millisecond, as SCIM shows it: filters and cursors compare what the client has seen. */
const at = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });
const ofLoginMethod = () =>
  uuid("login_method_id")
    .notNull()
    .references(() => loginMethods.id, { onDelete: "cascade" });

/** Secrets of SCIM endpoints, of which only the hash is kept. Two are good during an overlap. */
export const scimSecrets = pgTable(
  "scim_secrets",
  {
    id: uuid().primaryKey().defaultRandom(),
    loginMethodId: ofLoginMethod(),
    hash: text().notNull().unique(),
    createdAt: at("created_at").notNull().defaultNow(),
    createdByName: text("created_by_name").notNull(),
    /** Null for the current one; the end of the overlap for the one before. */
    expiresAt: at("expires_at"),
    /** Written now and then, not at every use. */
    lastUsedAt: at("last_used_at"),
    lastUsedIp: text("last_used_ip"),
  },
  (table) => [index("scim_secrets_login_method").on(table.loginMethodId)],
);

/** People as a provider pushed them: SCIM's User resources. */
export const scimUsers = pgTable(
  "scim_users",
  {
    id: uuid().primaryKey().defaultRandom(),
    loginMethodId: ofLoginMethod(),
    userName: text("user_name").notNull(),
    /** `userName` for comparing: lower case. */
    userNameKey: text("user_name_key").notNull(),
    /** Opaque, and the client's: compared byte for byte, never parsed. */
    externalId: text("external_id"),
    active: boolean().notNull().default(true),
    /** Values of `emails` in lower case, for filters. */
    emails: text().array().notNull().default(sql`'{}'`),
    /** Everything else that was sent, under canonical names (lib/scim/schema.ts). */
    attributes: jsonb().$type<Record<string, unknown>>().notNull(),
    /** The person in the registry. One person is one resource of a login method at most. */
    userId: uuid("user_id").references(() => users.id, { onDelete: "set null" }),
    /** Its ETag. */
    version: integer().notNull().default(1),
    createdAt: at("created_at").notNull().defaultNow(),
    updatedAt: at("updated_at").notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex("scim_users_user_name").on(table.loginMethodId, table.userNameKey),
    uniqueIndex("scim_users_person").on(table.userId),
    index("scim_users_external_id").on(table.loginMethodId, table.externalId),
    index("scim_users_order").on(table.loginMethodId, table.createdAt, table.id),
    // Without a list of what is still to be put in: until the first vacuum every look-up would read it whole.
    index("scim_users_emails").using("gin", table.emails).with({ fastupdate: false }),
  ],
);

/** Groups as a provider pushed them. */
export const scimGroups = pgTable(
  "scim_groups",
  {
    id: uuid().primaryKey().defaultRandom(),
    loginMethodId: ofLoginMethod(),
    displayName: text("display_name").notNull(),
    displayNameKey: text("display_name_key").notNull(),
    externalId: text("external_id"),
    /** Everything else that was sent, but the members. */
    attributes: jsonb().$type<Record<string, unknown>>().notNull(),
    version: integer().notNull().default(1),
    createdAt: at("created_at").notNull().defaultNow(),
    updatedAt: at("updated_at").notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex("scim_groups_display_name").on(table.loginMethodId, table.displayNameKey),
    index("scim_groups_external_id").on(table.loginMethodId, table.externalId),
    index("scim_groups_order").on(table.loginMethodId, table.createdAt, table.id),
  ],
);

/** A row per member, so that a change of one costs the same in a group of any size. */
export const scimMembers = pgTable(
  "scim_members",
  {
    groupId: uuid("group_id")
      .notNull()
      .references(() => scimGroups.id, { onDelete: "cascade" }),
    /** Either a user, or a group inside the group. */
    userId: uuid("user_id").references(() => scimUsers.id, { onDelete: "cascade" }),
    childId: uuid("child_id").references(() => scimGroups.id, { onDelete: "cascade" }),
  },
  (table) => [
    uniqueIndex("scim_members_user").on(table.groupId, table.userId),
    uniqueIndex("scim_members_child").on(table.groupId, table.childId),
    index("scim_members_of_user").on(table.userId),
    index("scim_members_of_child").on(table.childId),
    check("scim_members_one", sql`(${table.userId} is null) <> (${table.childId} is null)`),
  ],
);

/** What SCIM clients asked for, and what came of it. Names are kept as text. */
export const scimLog = pgTable(
  "scim_log",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    at: timestamp({ withTimezone: true }).notNull().defaultNow(),
    loginMethodId: uuid("login_method_id").notNull(),
    loginMethodName: text("login_method_name").notNull(),
    requestId: text("request_id").notNull(),
    /** Which operation of a Bulk request, from 0; null outside of one. */
    bulkIndex: integer("bulk_index"),
    method: text().notNull(),
    /** From the base URL on: `/Users/<id>`. */
    path: text().notNull(),
    query: text(),
    status: integer().notNull(),
    scimType: text("scim_type"),
    /** `detail` of the error, as the client got it. */
    error: text(),
    resourceType: text("resource_type", { enum: ["USER", "GROUP"] }),
    /** Gatehouse's id of the resource: Cloudflare's `cf_resource_id`. */
    resourceId: uuid("resource_id"),
    /** The provider's: `idp_resource_id`. */
    externalId: text("external_id"),
    userEmail: text("user_email"),
    groupName: text("group_name"),
    /** In words: "Okta deactivated bob@example.com". */
    intent: text(),
    /** What happened to people (lib/scim/schema.ts, `effectSchema`). */
    effects: jsonb().$type<unknown[]>().notNull().default([]),
    /** Bodies with secrets taken out, cut at a limit. */
    request: text(),
    response: text(),
    ip: text(),
    userAgent: text("user_agent"),
    /** Dialect that was recognised: okta, entra … */
    client: text(),
    durationMs: integer("duration_ms"),
  },
  (table) => [
    index("scim_log_at").on(table.at.desc()),
    index("scim_log_login_method").on(table.loginMethodId, table.id.desc()),
    index("scim_log_resource").on(table.resourceId, table.id.desc()),
  ],
);

/** When the provider was last heard of, per login method. Written now and then. */
export const scimHealth = pgTable("scim_health", {
  loginMethodId: uuid("login_method_id")
    .primaryKey()
    .references(() => loginMethods.id, { onDelete: "cascade" }),
  firstAt: at("first_at").notNull(),
  lastAt: at("last_at").notNull(),
  lastIp: text("last_ip"),
  lastClient: text("last_client"),
  /** Of requests with a valid secret. */
  lastErrorAt: at("last_error_at"),
  lastError: text("last_error"),
  /** Of requests without one, which anybody may send. */
  lastRefusalAt: at("last_refusal_at"),
  lastRefusal: text("last_refusal"),
});
