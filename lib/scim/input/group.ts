import type { GroupInput, MemberRef } from "../schema";
import { readMembers } from "./member-refs";
import { readResource, toGroupInput } from "./resource";
import { attributeOf, readSafeObject } from "./safe-json";

/**
 * A Group as POST and PUT bring it (RFC 7643 §4.2); `members` is null when the body has none.
 * @throws ScimError 400 invalidValue or invalidSyntax, 413
 */
export function readGroupInput(body: unknown): GroupInput & { members: MemberRef[] | null } {
  const sent = readSafeObject(body);
  const members = attributeOf(sent, "members");
  return {
    ...toGroupInput(readResource(sent, "Group")),
    members: members === undefined ? null : readMembers(members),
  };
}
