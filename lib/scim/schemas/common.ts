import type { AttributeDefinition } from "./definition";
import { complex, dateTime, reference, text } from "./definition";

const fixed = { mutability: "readOnly" } as const;
const exact = { ...fixed, caseExact: true } as const;

/** What every resource has (RFC 7643 §3). `/Schemas` leaves them out, as §3.1 has it. */
export const commonAttributes: readonly AttributeDefinition[] = [
  reference("schemas", "URIs of the schemas that the resource follows.", {
    multiValued: true,
    required: true,
    caseExact: false,
    returned: "always",
  }),
  text("id", "The identifier that Gatehouse gave it.", {
    ...exact,
    returned: "always",
    uniqueness: "server",
  }),
  text("externalId", "The identifier that the client gave it.", { caseExact: true }),
  complex(
    "meta",
    "What Gatehouse notes about the resource.",
    [
      text("resourceType", "User or Group.", exact),
      dateTime("created", "When it was created.", fixed),
      dateTime("lastModified", "When it was last changed.", fixed),
      reference("location", "Where it is.", exact),
      text("version", "Its entity tag.", exact),
    ],
    fixed,
  ),
];
