import type { Filter } from "../filter/filter";
import type { ResourceType } from "../schema";
import type { AttributeDefinition } from "../schemas/definition";

/** Where an operation works, resolved against the schemas. */
export interface Target {
  type: ResourceType;
  /** The extension that holds the attribute; null for the core schema. */
  extension: string | null;
  /** Null: the extension as a whole. */
  name: string | null;
  /** Null for attributes of an extension that nobody knows. */
  definition: AttributeDefinition | null;
  /** Which values of a multi-valued attribute. */
  filter: Filter | null;
  sub: string | null;
  /** As sent, for messages. */
  path: string;
}

/** One operation of a PATCH on one target: bodies without `path` are taken apart into several. */
export interface PatchOperation {
  op: "add" | "remove" | "replace";
  target: Target;
  /** As sent; undefined when it was not. */
  value: unknown;
}
