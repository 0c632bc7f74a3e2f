import {
  createGroup,
  createPerson,
  deleteGroup,
  group,
  isMember,
  isNoMember,
  LIST,
  patchGroup,
  person,
  readGroup,
  readPerson,
} from "../simulated-client/profiles/messages";
import { okta } from "../simulated-client/profiles/okta";
import type { Step } from "../simulated-client/schema";
import { conform, useScimEndpoint } from "./testing-conform";

// https://developer.okta.com/docs/api/openapi/okta-scim/guides/scim-20/

const second: Step = {
  title: "Creates another person",
  method: "POST",
  path: "/Users",
  body: person({ userName: "{{otherUserName}}", externalId: "other-{{run}}" }),
  status: [201],
  expected: "201",
  keep: { other: "id" },
};

conform(useScimEndpoint(), okta, {
  "people by PUT": [
    createPerson(person()),
    {
      title: "Deactivates by PUT, with the groups that it read",
      method: "PUT",
      path: "/Users/{{user}}",
      body: person({ id: "{{user}}", active: false, groups: [], meta: { resourceType: "User" } }),
      status: [200],
      checks: [{ at: "active", is: false }],
      expected: "200, not active",
    },
    {
      title: "Finds the deactivated person, to link it again",
      method: "GET",
      path: "/Users",
      query: { filter: 'userName eq "{{userName}}"', startIndex: "1", count: "100" },
      status: [200],
      checks: [
        { at: "totalResults", is: 1 },
        { at: "Resources[0].active", is: false },
        { at: "itemsPerPage", is: 1 },
        { at: "startIndex", is: 1 },
      ],
      expected: "the person, not active",
    },
    {
      title: "Reactivates by PUT, under a new user name",
      method: "PUT",
      path: "/Users/{{user}}",
      body: person({ id: "{{user}}", userName: "{{otherUserName}}" }),
      status: [200],
      checks: [
        { at: "active", is: true },
        { at: "id", is: "{{user}}" },
        { at: "userName", is: "{{otherUserName}}" },
      ],
      expected: "200 with the same id",
    },
    {
      title: "Asks for a page past the last",
      method: "GET",
      path: "/Users",
      query: { startIndex: "1001", count: "100" },
      status: [200],
      checks: [
        { at: "schemas", has: LIST },
        { at: "Resources", is: [] },
        { at: "itemsPerPage", is: 0 },
      ],
      expected: "an empty page",
    },
    {
      title: "Asks for somebody who is not there",
      method: "GET",
      path: "/Users/23a35c27-23d3-4c03-b4c5-6443c09e7173",
      status: [404],
      checks: [
        { at: "status", is: "404" },
        { at: "detail", present: true },
      ],
      expected: "404 with a SCIM error",
    },
  ],
  "groups with several changes at once": [
    createPerson(person()),
    second,
    createGroup(group({ members: [{ value: "{{user}}", display: "{{userName}}" }] })),
    readGroup("Reads the group", isMember, "the person as a member"),
    patchGroup(
      "Removes one and adds another in one request",
      [
        { op: "remove", path: 'members[value eq "{{user}}"]' },
        { op: "add", path: "members", value: [{ value: "{{other}}", display: "x" }] },
      ],
      "200 or 204",
    ),
    readGroup("Reads it again", [...isNoMember, { at: "members", has: "{{other}}" }], "the other"),
    {
      title: "Replaces the group by PUT",
      method: "PUT",
      path: "/Groups/{{group}}",
      body: group({ id: "{{group}}", members: [{ value: "{{user}}" }, { value: "{{other}}" }] }),
      status: [200],
      checks: [
        { at: "members", has: "{{user}}" },
        { at: "members", has: "{{other}}" },
      ],
      expected: "200 with both",
    },
    readPerson([{ at: "groups", has: "{{group}}" }], "the group among the person's groups"),
    {
      title: "Creates a group of the same name",
      method: "POST",
      path: "/Groups",
      body: group({ members: [] }),
      status: [409],
      checks: [{ at: "scimType", is: "uniqueness" }],
      expected: "409",
    },
    deleteGroup,
    readPerson([{ at: "groups", present: false }], "no groups", "Reads the person again"),
  ],
});
