import { toUserInput } from "../input/resource";
import type { UserInput } from "../schema";
import { applyOperation } from "./apply";
import type { PatchOperation } from "./operation";

/**
 * A User after the operations of `readPatch`, in their order (RFC 7644 §3.5.2). Pure: all of them or,
 * when it throws, none.
 * @throws ScimError 400 noTarget, mutability or invalidValue; 413
 */
export function patchUser(current: UserInput, operations: PatchOperation[]): UserInput {
  const { attributes, externalId, ...rest } = current;
  const resource = {
    ...structuredClone(attributes),
    ...rest,
    ...(externalId !== null && { externalId }),
  };
  for (const operation of operations) applyOperation(resource, operation);
  return toUserInput(resource, current.active);
}
