import { ENTERPRISE_URN } from "../schema";
import { entra } from "../simulated-client/profiles/entra";
import {
  createGroup,
  createPerson,
  enterprise,
  group,
  isMember,
  isNoMember,
  nobody,
  patchGroup,
  patchPerson,
  person,
  readGroup,
  readPerson,
} from "../simulated-client/profiles/messages";
import { conform, useScimEndpoint } from "./testing-conform";

// https://learn.microsoft.com/entra/identity/app-provisioning/use-scim-to-provision-users-and-groups

conform(useScimEndpoint(), entra, {
  "attributes as they are mapped by default": [
    createPerson(person({ ...enterprise, meta: { resourceType: "User" } })),
    patchPerson(
      "Fills attributes that are not there yet",
      [
        { op: "Add", path: 'addresses[type eq "work"].streetAddress', value: "1 Navy Yard" },
        { op: "Add", path: 'addresses[type eq "work"].locality', value: "Washington" },
        { op: "Add", path: 'emails[type eq "other"].value', value: "gh@example.org" },
        { op: "Add", path: "title", value: "Commodore" },
        { op: "Add", path: "preferredLanguage", value: "en-US" },
      ],
      "200 or 204",
    ),
    readPerson(
      [
        { at: "addresses[0].streetAddress", is: "1 Navy Yard" },
        { at: "addresses[0].locality", is: "Washington" },
        { at: "addresses[0].type", is: "work" },
        { at: "emails[0].value", is: "{{userName}}" },
        { at: "emails[1].value", is: "gh@example.org" },
        { at: "title", is: "Commodore" },
      ],
      "one address of both parts, and two emails",
    ),
    patchPerson(
      "Sets the manager as a bare text",
      [
        {
          op: "Add",
          path: `${ENTERPRISE_URN}:manager`,
          value: "26118915-6090-4610-87e4-49d8ca9f808d",
        },
      ],
      "200 or 204",
    ),
    readPerson(
      [
        {
          at: `["${ENTERPRISE_URN}"].manager.value`,
          is: "26118915-6090-4610-87e4-49d8ca9f808d",
        },
      ],
      "the manager as an object",
      "Reads the manager",
    ),
    patchPerson(
      "Takes the manager away",
      [{ op: "Remove", path: `${ENTERPRISE_URN}:manager` }],
      "200 or 204",
    ),
    readPerson(
      [{ at: `["${ENTERPRISE_URN}"].manager`, present: false }],
      "no manager",
      "Reads the person without a manager",
    ),
    patchPerson(
      'Picks a role by [primary eq "True"]',
      [
        { op: "Add", path: 'roles[primary eq "True"].value', value: "Admin" },
        { op: "Add", path: 'roles[primary eq "True"].display', value: "Administrator" },
      ],
      "200 or 204",
    ),
    readPerson(
      [
        { at: "roles[0].value", is: "Admin" },
        { at: "roles[0].display", is: "Administrator" },
        { at: "roles[0].primary", is: true },
      ],
      "one role, whose primary is a boolean",
      "Reads the role",
    ),
    patchPerson(
      "Changes the user name",
      [{ op: "Replace", path: "userName", value: "{{otherUserName}}" }],
      "200 or 204",
    ),
    readPerson([{ at: "userName", is: "{{otherUserName}}" }], "the new one", "Reads the user name"),
    patchPerson(
      "Disables and enables by texts",
      [
        { op: "Replace", path: "active", value: "False" },
        { op: "Replace", path: "active", value: "True" },
      ],
      "200 or 204",
    ),
    readPerson([{ at: "active", is: true }], "active, as a boolean", "Reads active"),
  ],
  "how it looks for people and groups": [
    {
      title: "Tests the connection with a made-up id",
      method: "GET",
      path: "/Users",
      query: { filter: 'userName eq "8b5d9c0e-0f6e-4c8a-9a55-b4c9b0f0e6f4"' },
      status: [200],
      checks: nobody,
      expected: "an empty list",
    },
    createPerson(person({ ...enterprise })),
    {
      title: "Looks by the work email",
      method: "GET",
      path: "/Users",
      query: { filter: 'emails[type eq "work"].value eq "{{userName}}"' },
      status: [200],
      checks: [{ at: "Resources[0].id", is: "{{user}}" }],
      expected: "the person",
    },
    createGroup(group({ externalId: "grp-{{run}}", members: [] })),
    patchGroup(
      "Adds the person twice",
      [
        { op: "Add", path: "members", value: [{ $ref: null, value: "{{user}}" }] },
        { op: "Add", path: "members", value: [{ $ref: null, value: "{{user}}" }] },
      ],
      "200 or 204",
    ),
    {
      title: "Asks whether the person is a member",
      method: "GET",
      path: "/Groups",
      query: {
        excludedAttributes: "members",
        filter: 'id eq "{{group}}" and members eq "{{user}}"',
      },
      status: [200],
      checks: [
        { at: "totalResults", is: 1 },
        { at: "Resources[0].members", present: false },
      ],
      expected: "the group, without members",
    },
    patchGroup(
      "Removes the person twice",
      [
        { op: "Remove", path: "members", value: [{ $ref: null, value: "{{user}}" }] },
        { op: "Remove", path: "members", value: [{ $ref: null, value: "{{user}}" }] },
      ],
      "200 or 204",
    ),
    readGroup("Reads the group", isNoMember, "no member"),
    patchGroup(
      "Replaces the externalId",
      [{ op: "Replace", path: "externalId", value: "grp2-{{run}}" }],
      "200 or 204",
    ),
    {
      title: "Looks by the externalId of the group",
      method: "GET",
      path: "/Groups",
      query: { filter: 'externalId eq "grp2-{{run}}"', excludedAttributes: "members" },
      status: [200],
      checks: [{ at: "Resources[0].id", is: "{{group}}" }],
      expected: "the group",
    },
    patchGroup(
      "Adds and renames at once",
      [
        { op: "Replace", path: "displayName", value: "{{newGroupName}}" },
        { op: "Add", path: "members", value: [{ $ref: null, value: "{{user}}" }] },
      ],
      "200 or 204",
    ),
    readGroup(
      "Reads both changes",
      [{ at: "displayName", is: "{{newGroupName}}" }, ...isMember],
      "both",
    ),
  ],
});
