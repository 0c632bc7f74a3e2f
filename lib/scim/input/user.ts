import type { UserInput } from "../schema";
import { readResource, toUserInput } from "./resource";
import { readSafeObject } from "./safe-json";

/**
 * A User as POST and PUT bring it (RFC 7643 §4.1).
 * @param current for PUT, the User it replaces: a body without `active` then leaves it as it is, so
 *   that nobody comes back by a PUT that does not say so.
 * @throws ScimError 400 invalidValue or invalidSyntax, 413
 */
export function readUserInput(body: unknown, current?: Pick<UserInput, "active">): UserInput {
  return toUserInput(readResource(readSafeObject(body), "User"), current?.active ?? true);
}
