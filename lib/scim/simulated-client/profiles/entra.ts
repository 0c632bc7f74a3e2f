import { ENTERPRISE_URN } from "../../schema";
import type { Profile, Step } from "../schema";
import {
  createGroup,
  createPerson,
  deleteGroup,
  deletePerson,
  enterprise,
  group,
  isMember,
  isNoMember,
  lookUp,
  patchGroup,
  patchPerson,
  person,
  personIsGone,
  readGroup,
  readPerson,
} from "./messages";

const SOURCE =
  "https://learn.microsoft.com/entra/identity/app-provisioning/use-scim-to-provision-users-and-groups";

const before: readonly Step[] = [
  lookUp(
    { filter: 'userName eq "{{unknownUserName}}"' },
    { title: "Tests the connection: asks for somebody made up" },
  ),
  lookUp({ filter: 'userName eq "{{userName}}"' }),
  createPerson(
    person({
      ...enterprise,
      name: { formatted: "Grace Hopper", familyName: "Hopper", givenName: "Grace" },
      meta: { resourceType: "User" },
      roles: [],
      [ENTERPRISE_URN]: { employeeNumber: "701984", department: "Compilers" },
    }),
  ),
  lookUp(
    { filter: 'externalId eq "ext-{{run}}"' },
    {
      title: "Finds the person by externalId",
      checks: [
        { at: "totalResults", is: 1 },
        { at: "Resources[0].userName", is: "{{userName}}" },
      ],
      expected: "The person.",
    },
  ),
];

const groups: readonly Step[] = [
  createGroup(group({ externalId: "grp-{{run}}", members: [], meta: { resourceType: "Group" } })),
  {
    title: "Reads the group without its members",
    method: "GET",
    path: "/Groups/{{group}}",
    query: { excludedAttributes: "members" },
    status: [200],
    checks: [
      { at: "displayName", is: "{{groupName}}" },
      { at: "members", present: false },
    ],
    expected: "The group, without members.",
  },
  {
    title: "Finds the group by its name",
    method: "GET",
    path: "/Groups",
    query: { excludedAttributes: "members", filter: 'displayName eq "{{groupName}}"' },
    status: [200],
    checks: [
      { at: "totalResults", is: 1 },
      { at: "Resources[0].id", is: "{{group}}" },
    ],
    expected: "The group.",
  },
];

const changed: readonly Step[] = [
  readPerson(
    [
      { at: "emails[0].value", is: "new-{{userName}}" },
      { at: "emails[0].type", is: "work" },
      { at: "name.familyName", is: "Murray Hopper" },
      { at: `["${ENTERPRISE_URN}"].department`, is: "Mathematics" },
      { at: "phoneNumbers[0].value", is: "+1 202 555 0100" },
    ],
    "All five changes.",
  ),
];

const gone: readonly Step[] = [
  readPerson(
    [{ at: "active", is: false }],
    "The person is there, and not active.",
    "Reads the disabled person",
  ),
  deletePerson,
  personIsGone,
  deleteGroup,
];

/** What Entra ID sends unless the tenant URL ends in `?aadOptscim062020`. */
export const entra: Profile = {
  id: "entra",
  name: "Microsoft Entra ID",
  userAgent: "Azure AD SCIM provisioning (as Gatehouse reads it)",
  source: SOURCE,
  steps: [
    ...before,
    patchPerson(
      "Changes attributes, with Add and Replace in capitals",
      [
        { op: "Replace", path: 'emails[type eq "work"].value', value: "new-{{userName}}" },
        { op: "Replace", path: "name.familyName", value: "Murray Hopper" },
        { op: "Add", path: `${ENTERPRISE_URN}:department`, value: "Mathematics" },
        { op: "Add", path: 'phoneNumbers[type eq "work"].value', value: "+1 202 555 0100" },
      ],
      "200 or 204.",
    ),
    ...changed,
    ...groups,
    patchGroup(
      "Renames the group",
      [{ op: "Replace", path: "displayName", value: "{{newGroupName}}" }],
      "200 or 204.",
    ),
    patchGroup(
      "Adds the person to the group",
      [{ op: "Add", path: "members", value: [{ $ref: null, value: "{{user}}" }] }],
      "200 or 204.",
    ),
    readGroup(
      "Reads the group",
      [{ at: "displayName", is: "{{newGroupName}}" }, ...isMember],
      "The new name, and the person among the members.",
    ),
    patchGroup(
      "Removes the person by a list in value",
      [{ op: "Remove", path: "members", value: [{ $ref: null, value: "{{user}}" }] }],
      "The person alone is removed.",
    ),
    readGroup("Reads the group again", isNoMember, "The person is no member any more."),
    patchPerson(
      'Disables the person with the text "False"',
      [{ op: "Replace", path: "active", value: "False" }],
      "200 or 204.",
    ),
    ...gone,
  ],
};

/** What Entra ID sends when the tenant URL ends in `?aadOptscim062020`, which is in every request. */
export const entraCompliant: Profile = {
  id: "entra-compliant",
  name: "Microsoft Entra ID with aadOptscim062020",
  userAgent: "Azure AD SCIM provisioning (as Gatehouse reads it)",
  source:
    "https://learn.microsoft.com/entra/identity/app-provisioning/application-provisioning-config-problem-scim-compatibility",
  steps: [
    ...before,
    patchPerson(
      "Changes attributes by a replace without path, whose names are paths",
      [
        {
          op: "replace",
          value: {
            'emails[type eq "work"].value': "new-{{userName}}",
            "name.familyName": "Murray Hopper",
            [`${ENTERPRISE_URN}:department`]: "Mathematics",
          },
        },
        { op: "add", path: "phoneNumbers", value: [{ type: "work", value: "+1 202 555 0100" }] },
      ],
      "200 or 204.",
    ),
    ...changed,
    ...groups,
    patchGroup(
      "Renames the group",
      [{ op: "replace", value: { displayName: "{{newGroupName}}" } }],
      "200 or 204.",
    ),
    patchGroup(
      "Adds the person to the group",
      [{ op: "add", path: "members", value: [{ value: "{{user}}" }] }],
      "200 or 204.",
    ),
    readGroup(
      "Reads the group",
      [{ at: "displayName", is: "{{newGroupName}}" }, ...isMember],
      "The new name, and the person among the members.",
    ),
    patchGroup(
      "Removes the person by a filter in path",
      [{ op: "remove", path: 'members[value eq "{{user}}"]' }],
      "200 or 204.",
    ),
    readGroup("Reads the group again", isNoMember, "The person is no member any more."),
    patchPerson(
      "Disables the person",
      [{ op: "replace", value: { active: false } }],
      "200 or 204.",
    ),
    ...gone,
  ],
};
