import type { MemberRef, ResourceType } from "../schema";
import { invalidValue } from "../scim-error";
import { attributeOf, isJsonObject, type JsonObject } from "./safe-json";

const maxIdLength = 512;

function typeOf(member: JsonObject): ResourceType | null {
  const type = attributeOf(member, "type");
  if (typeof type === "string") {
    if (type.toLowerCase() === "user") return "User";
    if (type.toLowerCase() === "group") return "Group";
  }
  const ref = attributeOf(member, "$ref");
  if (typeof ref !== "string") return null;
  const segment = /(?:^|\/)(users|groups)\/[^/]+$/i.exec(ref)?.[1]?.toLowerCase();
  if (segment === undefined) return null;
  return segment === "users" ? "User" : "Group";
}

function readMember(member: unknown): MemberRef {
  const value = isJsonObject(member) ? attributeOf(member, "value") : member;
  if (typeof value !== "string" || value === "" || value.length > maxIdLength) {
    throw invalidValue(
      `Each of members needs "value", the id of a User or Group: a text of 1 to ${maxIdLength} characters.`,
    );
  }
  return { value, type: isJsonObject(member) ? typeOf(member) : null };
}

/** Each member once, in the order of the first mention; a type that was said once counts. */
export function uniqueMembers(members: MemberRef[]): MemberRef[] {
  const byValue = new Map<string, MemberRef>();
  for (const member of members) {
    const known = byValue.get(member.value);
    if (known === undefined || known.type === null) byValue.set(member.value, member);
  }
  return [...byValue.values()];
}

/**
 * Members as clients write them: objects with `value` (RFC 7643 §4.2), one such object without the
 * list, or bare ids. Null and undefined are no members.
 * @throws ScimError 400 invalidValue
 */
export function readMembers(value: unknown): MemberRef[] {
  if (value === null || value === undefined) return [];
  const list = Array.isArray(value) ? value : [value];
  return uniqueMembers(list.map(readMember));
}
