import { canonicalJson } from "@/lib/users/identity-changes";
import type { PersonIdentity, PushedIdentity } from "@/lib/users/schema";
import type { UserInput } from "../schema";

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";
const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;

/** `userName` where it is an address, else the primary or first email address, else `userName`. */
export function emailOf({ userName, attributes }: Pick<UserInput, "userName" | "attributes">) {
  if (userName.includes("@")) return userName;
  const emails = Array.isArray(attributes.emails) ? attributes.emails : [];
  const primary = emails.find((email) => fieldOf(email, "primary") === true) ?? emails[0];
  const value = fieldOf(primary, "value");
  return isText(value) ? value : userName;
}

/** A name to show: `displayName`, else `name.formatted`, else the given and the family name. */
export function nameOf({ attributes }: Pick<UserInput, "attributes">): string | null {
  const { displayName, name } = attributes;
  if (isText(displayName)) return displayName;
  const formatted = fieldOf(name, "formatted");
  if (isText(formatted)) return formatted;
  const parts = [fieldOf(name, "givenName"), fieldOf(name, "familyName")].filter(isText);
  return parts.length > 0 ? parts.join(" ") : null;
}

/** What the registry keeps of a resource beside the person's own identity. */
export const pushedIdentity = (
  { userName, externalId, attributes }: Omit<UserInput, "active">,
  refreshedAt: Date,
): PushedIdentity => ({
  refreshedAt: refreshedAt.toISOString(),
  userName,
  externalId,
  attributes,
});

/** The identity of a person whom the provider pushed and who has not signed in. */
export const identityOfResource = (
  user: UserInput & { id: string },
  loginMethod: PersonIdentity["loginMethod"],
  groups: string[],
): PersonIdentity => ({
  email: emailOf(user),
  name: nameOf(user),
  issuer: "",
  subject: user.id,
  loginMethod,
  groups,
  amr: [],
  claims: [],
  scim: pushedIdentity(user, new Date()),
});

/**
 * An identity with what a push says now. Who the person is (issuer, subject) and what only a login
 * tells (authentication methods, claims) stay. Groups stay when null: then none are pushed.
 */
export const withPushed = (
  identity: PersonIdentity,
  user: UserInput,
  groups: string[] | null,
): PersonIdentity => ({
  ...identity,
  email: emailOf(user),
  name: nameOf(user) ?? identity.name,
  groups: groups ?? identity.groups,
  scim: pushedIdentity(user, new Date()),
});

/** Whether two identities say the same, whenever it was said. */
export function saysTheSame(one: PersonIdentity, other: PersonIdentity): boolean {
  return canonical(one) === canonical(other);
}

const canonical = ({ scim, ...identity }: PersonIdentity): string =>
  canonicalJson({ ...identity, scim: { ...scim, refreshedAt: null } });
