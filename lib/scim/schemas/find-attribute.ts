import type { ResourceType } from "../schema";
import { GROUP_URN, USER_URN } from "../schema";
import type { AttributePath } from "./attribute-path";
import { readAttributePath } from "./attribute-path";
import { commonAttributes } from "./common";
import type { AttributeDefinition, SchemaDefinition } from "./definition";
import { text } from "./definition";
import { enterpriseSchema } from "./enterprise";
import { groupSchema } from "./group";
import { userSchema } from "./user";

export const coreUrn = { User: USER_URN, Group: GROUP_URN } as const;
const core = { User: userSchema, Group: groupSchema } as const;
/** Extensions that are known, by the resource that they extend. */
export const extensions: Readonly<Record<ResourceType, readonly SchemaDefinition[]>> = {
  User: [enterpriseSchema],
  Group: [],
};
/** Known, so that it can be refused; not in `/Schemas`, since it is not kept. */
const password = text("password", "Never kept.", { mutability: "writeOnly", returned: "never" });

/** A known attribute. */
export interface FoundAttribute {
  /** URN of the extension that has it; null for the core schema. */
  readonly extension: string | null;
  /** Of the attribute itself, also where `sub` was asked for. */
  readonly attribute: AttributeDefinition;
  readonly sub: AttributeDefinition | null;
}

const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
const named = (attributes: readonly AttributeDefinition[], name: string) =>
  attributes.find((each) => sameName(each.name, name));

function attributesOf(type: ResourceType, urn: string | null) {
  const isCore = urn === null || sameName(urn, coreUrn[type]);
  if (!isCore) return findExtension(type, urn)?.attributes ?? [];
  return [...commonAttributes, ...core[type].attributes, ...(type === "User" ? [password] : [])];
}

/**
 * Finds a known attribute by its path: `userName`, `name.familyName`, `<schema URN>:department`, in
 * any case (RFC 7643 §2.1). Null for what is unknown, and for a schema as a whole.
 */
export function findAttribute(
  type: ResourceType,
  path: string | AttributePath,
): FoundAttribute | null {
  const read = typeof path === "string" ? readAttributePath(path) : path;
  if (!read || read.name === null) return null;
  const attribute = named(attributesOf(type, read.urn), read.name);
  if (!attribute) return null;
  const extension = read.urn === null ? null : (findExtension(type, read.urn)?.id ?? null);
  if (read.sub === null) return { extension, attribute, sub: null };
  const sub = named(attribute.subAttributes ?? [], read.sub);
  return sub ? { extension, attribute, sub } : null;
}

/** A known extension of a resource by its URN, in any case; null for others. */
export const findExtension = (type: ResourceType, urn: string): SchemaDefinition | null =>
  extensions[type].find(({ id }) => sameName(id, urn)) ?? null;

/** How the schemas write a name: `username` is `userName`, `NAME.givenname` is `name.givenName`, the
 * URN of an extension is that URN. Null for what is unknown. */
export function canonicalName(type: ResourceType, name: string): string | null {
  const extension = findExtension(type, name);
  if (extension) return extension.id;
  const found = findAttribute(type, name);
  if (!found) return null;
  const inner = found.sub ? `${found.attribute.name}.${found.sub.name}` : found.attribute.name;
  return found.extension === null ? inner : `${found.extension}:${inner}`;
}
