import { ENTERPRISE_URN } from "../schema";
import { entraCompliant } from "../simulated-client/profiles/entra";
import {
  createGroup,
  createPerson,
  enterprise,
  group,
  patchGroup,
  patchPerson,
  person,
  readGroup,
  readPerson,
} from "../simulated-client/profiles/messages";
import { conform, useScimEndpoint } from "./testing-conform";

// https://learn.microsoft.com/entra/identity/app-provisioning/application-provisioning-config-problem-scim-compatibility

conform(useScimEndpoint(), entraCompliant, {
  "attributes as they are mapped by default": [
    createPerson(person({ ...enterprise })),
    patchPerson(
      "Replaces without path, with names that are paths and a whole extension",
      [
        {
          op: "replace",
          value: {
            displayName: "Grace B. M. Hopper",
            'addresses[type eq "work"].formatted': "1 Navy Yard, Washington",
            'phoneNumbers[type eq "mobile"].value': "+1 202 555 0101",
            "name.givenName": "Grace Brewster",
            [ENTERPRISE_URN]: { department: "Compilers", employeeNumber: "701984" },
          },
        },
      ],
      "200 or 204",
    ),
    patchPerson(
      "Replaces one attribute of the extension",
      [{ op: "replace", value: { [`${ENTERPRISE_URN}:department`]: "COBOL" } }],
      "200 or 204",
    ),
    readPerson(
      [
        { at: "displayName", is: "Grace B. M. Hopper" },
        { at: "addresses[0].formatted", is: "1 Navy Yard, Washington" },
        { at: "phoneNumbers[0].value", is: "+1 202 555 0101" },
        { at: "name.givenName", is: "Grace Brewster" },
        { at: "name.familyName", is: "Hopper" },
        { at: `["${ENTERPRISE_URN}"].department`, is: "COBOL" },
        { at: `["${ENTERPRISE_URN}"].employeeNumber`, is: "701984" },
        { at: "schemas", has: ENTERPRISE_URN },
      ],
      "all of it, and what was not named as before",
    ),
    patchPerson(
      "Removes attributes",
      [
        { op: "remove", path: 'phoneNumbers[type eq "mobile"]' },
        { op: "remove", path: "displayName" },
      ],
      "200 or 204",
    ),
    readPerson(
      [
        { at: "phoneNumbers", present: false },
        { at: "displayName", present: false },
      ],
      "without them",
      "Reads the person again",
    ),
  ],
  members: [
    createPerson(person()),
    createGroup(group({ externalId: "grp-{{run}}" })),
    patchGroup(
      "Adds and removes in one request",
      [
        { op: "add", path: "members", value: [{ value: "{{user}}" }] },
        { op: "remove", path: 'members[value eq "{{user}}"]' },
      ],
      "200 or 204",
    ),
    readGroup("Reads the group", [{ at: "members", lacks: "{{user}}" }], "no member"),
    patchGroup(
      "Removes who is no member",
      [{ op: "remove", path: 'members[value eq "{{user}}"]' }],
      "200 or 204, for there is nothing to do",
    ),
  ],
});
