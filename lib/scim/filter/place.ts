import type { ResourceType } from "../schema";
import { ENTERPRISE_URN, GROUP_URN, USER_URN } from "../schema";
import type { AttributePath } from "../schemas/attribute-path";
import type { AttributeDefinition } from "../schemas/definition";
import { coreUrn, findAttribute, findExtension } from "../schemas/find-attribute";

/** From a value to values inside it. */
export interface Step {
  readonly name: string;
  /**
   * `one`: the value itself. `many`: each value of a list. `loose`, for what no schema describes: by
   * name in any case, each value of a list.
   */
  readonly reach: "one" | "many" | "loose";
}

/** Where a filter looks, from a resource, or from one value of a multi-valued attribute. */
export interface Place {
  readonly steps: readonly Step[];
  /** Of what is there; null where no schema says. */
  readonly definition: AttributeDefinition | null;
  /** As the client wrote it, for messages. */
  readonly text: string;
}

/** From where paths lead: a resource, or a value of an attribute (null: of one that no schema describes). */
export type Origin = ResourceType | { readonly value: AttributeDefinition | null };

const one = (name: string): Step => ({ name, reach: "one" });
const loose = (name: string): Step => ({ name, reach: "loose" });
const stepTo = ({ name, multiValued }: AttributeDefinition): Step => ({
  name,
  reach: multiValued ? "many" : "one",
});

/** A schema as a whole: the extension's object. A core schema is no place. */
const wholeExtension = (type: ResourceType, { urn, text }: AttributePath): Place | null => {
  const extension = urn === null ? null : findExtension(type, urn);
  return extension && { steps: [one(extension.id)], definition: null, text };
};

const known = new Set([USER_URN, GROUP_URN, ENTERPRISE_URN].map((urn) => urn.toLowerCase()));

function inResource(type: ResourceType, path: AttributePath): Place | null {
  const { urn, name, sub, text } = path;
  if (name === null) return wholeExtension(type, path);
  const found = findAttribute(type, path);
  if (found) {
    const { extension, attribute } = found;
    const steps = [
      ...(extension === null ? [] : [one(extension)]),
      stepTo(attribute),
      ...(found.sub ? [stepTo(found.sub)] : []),
    ];
    return { steps, definition: found.sub ?? attribute, text };
  }
  if (urn === null || urn.toLowerCase() === coreUrn[type].toLowerCase()) return null;
  if (known.has(urn.toLowerCase())) return null;
  const steps = [loose(urn), loose(name), ...(sub === null ? [] : [loose(sub)])];
  return { steps, definition: null, text };
}

function inValue(attribute: AttributeDefinition | null, path: AttributePath): Place | null {
  const { urn, name, sub, text } = path;
  if (urn !== null || name === null || sub !== null) return null;
  if (attribute === null) return { steps: [loose(name)], definition: null, text };
  const part = attribute.subAttributes?.find(
    (each) => each.name.toLowerCase() === name.toLowerCase(),
  );
  return part ? { steps: [stepTo(part)], definition: part, text } : null;
}

/** Where a path leads. Null for what a schema does not have: nothing is ever there. */
export const placeOf = (origin: Origin, path: AttributePath): Place | null =>
  typeof origin === "string" ? inResource(origin, path) : inValue(origin.value, path);

/** Of a complex attribute its `value`, which is meant where no sub-attribute is named (RFC 7644 §3.4.2.2). */
export function valuePlace(place: Place): Place {
  const value = place.definition?.subAttributes?.find(({ name }) => name === "value");
  return value ? { ...place, steps: [...place.steps, stepTo(value)], definition: value } : place;
}
