import type { GroupOf, Member } from "./members/reading/store";
import { GROUP_URN, type ScimGroup, type ScimUser, USER_URN } from "./schema";

/** A resource as JSON, whole: what of it is sent is the projection's to say. */
export type ScimResource = Record<string, unknown>;

/** The weak entity tag of a version (RFC 7644 §3.14, RFC 9110 §8.8.3). */
export const etagOf = (version: number): string => `W/"${version}"`;

const extensionsIn = (attributes: Record<string, unknown>): string[] =>
  Object.keys(attributes).filter((name) => /^urn:/i.test(name));

const metaOf = (
  type: "User" | "Group",
  { id, version, createdAt, updatedAt }: ScimUser | ScimGroup,
  base: string,
) => ({
  resourceType: type,
  created: createdAt.toISOString(),
  lastModified: updatedAt.toISOString(),
  location: `${base}/${type}s/${id}`,
  version: etagOf(version),
});

/**
 * A User as a client reads it (RFC 7643 §4.1). `base` is the endpoint's absolute URL without a slash
 * at its end; `groups` is null where nobody wants to know.
 */
export function userResource(
  user: ScimUser,
  groups: readonly GroupOf[] | null,
  base: string,
): ScimResource {
  const { id, externalId, userName, active, attributes } = user;
  return {
    schemas: [USER_URN, ...extensionsIn(attributes)],
    id,
    ...(externalId !== null && { externalId }),
    userName,
    ...attributes,
    active,
    ...(groups &&
      groups.length > 0 && {
        groups: groups.map((group) => ({ ...group, $ref: `${base}/Groups/${group.value}` })),
      }),
    meta: metaOf("User", user, base),
  };
}

/** A Group as a client reads it (RFC 7643 §4.2), with `members` unless that is null. */
export function groupResource(
  group: ScimGroup,
  members: readonly Member[] | null,
  base: string,
): ScimResource {
  const { id, externalId, displayName, attributes } = group;
  return {
    schemas: [GROUP_URN, ...extensionsIn(attributes)],
    id,
    ...(externalId !== null && { externalId }),
    displayName,
    ...attributes,
    ...(members && {
      members: members.map((member) => ({
        ...member,
        $ref: `${base}/${member.type}s/${member.value}`,
      })),
    }),
    meta: metaOf("Group", group, base),
  };
}
