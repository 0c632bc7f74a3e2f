import * as z from "zod";

export type ResourceType = "User" | "Group";

export const USER_URN = "urn:ietf:params:scim:schemas:core:2.0:User";
export const GROUP_URN = "urn:ietf:params:scim:schemas:core:2.0:Group";
export const ENTERPRISE_URN = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

/**
 * Attributes under their canonical names (RFC 7643), extensions under their URN with inner names
 * canonical where the schema is known and as sent where it is not. Never `id`, `meta`, `schemas`,
 * `password` or a read-only attribute.
 */
export type ScimAttributes = Record<string, unknown>;

/** What a client writes of a User: POST and PUT as they came, or the outcome of a PATCH. */
export interface UserInput {
  userName: string;
  externalId: string | null;
  active: boolean;
  /** All but the three above. */
  attributes: ScimAttributes;
}

export interface MemberRef {
  /** The id of a resource, as sent. */
  value: string;
  /** From `type` or `$ref`; null when neither says. */
  type: ResourceType | null;
}

/** What a client writes of a Group. */
export interface GroupInput {
  displayName: string;
  externalId: string | null;
  /** All but the two above and the members. */
  attributes: ScimAttributes;
}

/** One row operation on the members of a group, in the order of the PATCH. Never loads the group. */
export type MemberStep =
  | { op: "add"; members: MemberRef[] }
  | { op: "remove"; members: MemberRef[] }
  | { op: "replace"; members: MemberRef[] }
  | { op: "clear" };

/** A User as it is stored. */
export interface ScimUser extends UserInput {
  id: string;
  loginMethodId: string;
  /** The person in the registry. */
  userId: string | null;
  version: number;
  createdAt: Date;
  updatedAt: Date;
}

/** A Group as it is stored, without its members. */
export interface ScimGroup extends GroupInput {
  id: string;
  loginMethodId: string;
  version: number;
  createdAt: Date;
  updatedAt: Date;
}

/** What a push did to people, as the log keeps it. `count` is of people unless the kind says otherwise. */
export const effectSchema = z.object({
  kind: z.enum([
    "registered",
    "linked",
    "sessions_ended",
    "seat_freed",
    "seat_kept",
    "identity_updated",
    "kept_out",
    "let_in_again",
  ]),
  /** Registry user, when it is one person. */
  userId: z.string().nullable(),
  email: z.string().nullable(),
  /** Sessions for `sessions_ended`, people otherwise. */
  count: z.number(),
  /** Names of applications that the ended sessions were open at; at most 20. */
  applications: z.array(z.string()).optional(),
});
export type Effect = z.infer<typeof effectSchema>;
