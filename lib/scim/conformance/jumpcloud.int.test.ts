import {
  createGroup,
  createPerson,
  deleteGroup,
  deletePerson,
  group,
  isMember,
  isNoMember,
  LIST,
  lookUp,
  patchGroup,
  person,
  personIsGone,
  readGroup,
} from "../simulated-client/profiles/messages";
import type { Profile } from "../simulated-client/schema";
import { conform, useScimEndpoint } from "./testing-conform";

/** Activates with a test user and a test group that it deletes again; updates people by PUT. */
const jumpcloud: Profile = {
  id: "jumpcloud",
  name: "JumpCloud",
  userAgent: "JumpCloud-SCIM/1.0",
  source:
    "https://jumpcloud.com/support/provision-and-manage-users-and-groups-in-apps-using-custom-scim-identity-management-integration",
  contentType: "application/json",
  steps: [
    {
      title: "Tests the connection",
      method: "GET",
      path: "/Users",
      query: { count: "1", startIndex: "1" },
      status: [200],
      checks: [{ at: "schemas", has: LIST }],
      expected: "a list",
    },
    lookUp({ filter: 'userName eq "{{userName}}"' }),
    createPerson(
      person({
        active: true,
        name: { givenName: "Test", familyName: "User" },
        phoneNumbers: [],
        addresses: [],
        title: "",
      }),
    ),
    {
      title: "Updates the test user by PUT",
      method: "PUT",
      path: "/Users/{{user}}",
      body: person({ id: "{{user}}", name: { givenName: "Tested", familyName: "User" } }),
      status: [200],
      checks: [
        { at: "name.givenName", is: "Tested" },
        { at: "externalId", is: "ext-{{run}}" },
      ],
      expected: "200 with the change",
    },
    createGroup(group({ members: [] })),
    patchGroup(
      "Adds the test user to the test group",
      [{ op: "add", path: "members", value: [{ value: "{{user}}" }] }],
      "200 or 204",
    ),
    readGroup("Reads the test group", isMember, "the test user"),
    {
      title: "Renames the group by PUT, with its members",
      method: "PUT",
      path: "/Groups/{{group}}",
      body: {
        schemas: ["urn:ietf:params:scim:schemas:core:2.0:Group"],
        displayName: "{{newGroupName}}",
        members: [{ value: "{{user}}" }],
      },
      status: [200],
      checks: [{ at: "displayName", is: "{{newGroupName}}" }, ...isMember],
      expected: "200 with the name and the member",
    },
    patchGroup(
      "Removes the test user by a list in value",
      [{ op: "remove", path: "members", value: [{ value: "{{user}}" }] }],
      "200 or 204",
    ),
    readGroup("Reads the group again", isNoMember, "no member"),
    {
      title: "Deactivates by PUT",
      method: "PUT",
      path: "/Users/{{user}}",
      body: person({ id: "{{user}}", active: false }),
      status: [200],
      checks: [{ at: "active", is: false }],
      expected: "200, not active",
    },
    deleteGroup,
    deletePerson,
    personIsGone,
  ],
};

conform(useScimEndpoint(), jumpcloud, {
  "updates that say little": [
    createPerson(person()),
    {
      title: "Deactivates",
      method: "PUT",
      path: "/Users/{{user}}",
      body: person({ active: false }),
      status: [200],
      checks: [{ at: "active", is: false }],
      expected: "200, not active",
    },
    {
      title: "Updates without saying whether the person is active",
      method: "PUT",
      path: "/Users/{{user}}",
      body: { userName: "{{userName}}", name: { givenName: "Grace", familyName: "Hopper" } },
      status: [200],
      checks: [{ at: "active", is: false }],
      expected: "200, and nobody comes back by that",
    },
  ],
});
