import { ENTERPRISE_URN } from "../schema";
import type { SchemaDefinition } from "./definition";
import { complex, reference, text } from "./definition";

/** RFC 7643 §4.3 and §8.7.1. */
export const enterpriseSchema: SchemaDefinition = {
  id: ENTERPRISE_URN,
  name: "EnterpriseUser",
  description: "What an organization knows about a person.",
  attributes: [
    text("employeeNumber", "The number that the organization gave the person."),
    text("costCenter", "Cost center."),
    text("organization", "Organization."),
    text("division", "Division."),
    text("department", "Department."),
    complex("manager", "The person's manager.", [
      text("value", "Identifier of the manager's User."),
      reference("$ref", "Where the manager's User is.", { referenceTypes: ["User"] }),
      text("displayName", "The manager's name.", { mutability: "readOnly" }),
    ]),
  ],
};
