/** The characteristics of an attribute (RFC 7643 §7), as `/Schemas` shows them. */
export interface AttributeDefinition {
  readonly name: string;
  readonly type:
    | "string"
    | "boolean"
    | "decimal"
    | "integer"
    | "dateTime"
    | "binary"
    | "reference"
    | "complex";
  readonly multiValued: boolean;
  readonly description: string;
  readonly required: boolean;
  readonly canonicalValues?: readonly string[];
  readonly caseExact: boolean;
  readonly mutability: "readOnly" | "readWrite" | "immutable" | "writeOnly";
  readonly returned: "always" | "never" | "default" | "request";
  readonly uniqueness: "none" | "server" | "global";
  readonly referenceTypes?: readonly string[];
  readonly subAttributes?: readonly AttributeDefinition[];
}

/** A schema (RFC 7643 §7) without what depends on where it is served. */
export interface SchemaDefinition {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly attributes: readonly AttributeDefinition[];
}

type Over = Partial<Omit<AttributeDefinition, "name" | "description">>;

const attribute =
  (defaults: Over) =>
  (name: string, description: string, over: Over = {}): AttributeDefinition => ({
    name,
    type: "string",
    multiValued: false,
    description,
    required: false,
    caseExact: false,
    mutability: "readWrite",
    returned: "default",
    uniqueness: "none",
    ...defaults,
    ...over,
  });

export const text = attribute({});
export const flag = attribute({ type: "boolean" });
export const dateTime = attribute({ type: "dateTime" });
/** RFC 7643 §2.3.6 and §2.3.7: both are compared with case. */
export const binary = attribute({ type: "binary", caseExact: true });
export const reference = attribute({ type: "reference", caseExact: true });
export const complex = (
  name: string,
  description: string,
  subAttributes: readonly AttributeDefinition[],
  over: Over = {},
): AttributeDefinition => attribute({ type: "complex", subAttributes })(name, description, over);

/** A multi-valued attribute with the sub-attributes of RFC 7643 §2.4. */
export const plural = (
  name: string,
  description: string,
  value: AttributeDefinition,
  types: readonly string[] = [],
): AttributeDefinition =>
  complex(
    name,
    description,
    [
      value,
      text("display", "A name to show."),
      text("type", "What it is for.", types.length > 0 ? { canonicalValues: types } : {}),
      flag("primary", "Whether it is the preferred one. True for one value at most."),
    ],
    { multiValued: true },
  );
