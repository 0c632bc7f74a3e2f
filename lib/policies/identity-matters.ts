import type { CompiledPolicies } from "./compile";
import type { PolicyContext } from "./context";
import { evaluate } from "./evaluate";

/**
 * Whether somebody whom these policies refuse might get in as somebody else: for a stranger under the
 * same circumstances they would ask who it is.
 */
export const identityMatters = (compiled: CompiledPolicies, context: PolicyContext): boolean =>
  evaluate(compiled, { ...context, person: null, external: {} }).outcome === "sign_in";
