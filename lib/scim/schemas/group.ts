import { GROUP_URN } from "../schema";
import type { SchemaDefinition } from "./definition";
import { complex, reference, text } from "./definition";

const fixed = { mutability: "immutable" } as const;

/** RFC 7643 §4.2 and §8.7.1. */
export const groupSchema: SchemaDefinition = {
  id: GROUP_URN,
  name: "Group",
  description: "People, and Groups of people.",
  attributes: [
    text("displayName", "The Group's name.", { required: true, uniqueness: "server" }),
    complex(
      "members",
      "The members of the Group.",
      [
        text("value", "Identifier of the member.", fixed),
        reference("$ref", "Where the member is.", { ...fixed, referenceTypes: ["User", "Group"] }),
        text("type", "What the member is.", { ...fixed, canonicalValues: ["User", "Group"] }),
      ],
      { multiValued: true },
    ),
  ],
};
