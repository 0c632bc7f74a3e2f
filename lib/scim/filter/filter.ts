import type { AttributePath } from "../schemas/attribute-path";

export type CompareOperator = "eq" | "ne" | "co" | "sw" | "ew" | "gt" | "ge" | "lt" | "le";
export type Literal = string | number | boolean | null;

/** A filter (RFC 7644 §3.4.2.2) as it was written; what its names mean is for a resource type to say. */
export type Filter =
  | { readonly kind: "and" | "or"; readonly operands: readonly Filter[] }
  | { readonly kind: "not"; readonly operand: Filter }
  | { readonly kind: "present"; readonly path: AttributePath }
  | {
      readonly kind: "compare";
      readonly path: AttributePath;
      readonly operator: CompareOperator;
      readonly value: Literal;
    }
  /** `emails[type eq "work"]`: one value for which all of `filter` is so. */
  | { readonly kind: "value"; readonly path: AttributePath; readonly filter: Filter };

/** A path of PATCH (RFC 7644 §3.5.2): `name.givenName`, `emails[type eq "work"].value`. */
export interface PatchPath extends AttributePath {
  /** Which values of a multi-valued attribute; null for all. `sub` is then what follows the bracket. */
  readonly filter: Filter | null;
}
