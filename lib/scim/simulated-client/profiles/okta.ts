import type { Profile } from "../schema";
import {
  createGroup,
  createPerson,
  deleteGroup,
  group,
  isMember,
  isNoMember,
  LIST,
  lookUp,
  patchGroup,
  patchPerson,
  person,
  readGroup,
  readPerson,
} from "./messages";

/** Okta deactivates people and does not delete them; it pushes groups whole or by member. */
export const okta: Profile = {
  id: "okta",
  name: "Okta",
  userAgent: "Okta SCIM Client 1.0.0",
  source: "https://developer.okta.com/docs/api/openapi/okta-scim/guides/scim-20/",
  contentType: "application/scim+json; charset=utf-8",
  steps: [
    {
      title: "Tests the credentials",
      method: "GET",
      path: "/Users",
      query: { startIndex: "1", count: "2" },
      status: [200],
      checks: [
        { at: "schemas", has: LIST },
        { at: "startIndex", is: 1 },
      ],
      expected: "A list of people, with where it starts.",
    },
    lookUp({ filter: 'userName eq "{{userName}}"', startIndex: "1", count: "100" }),
    createPerson(
      person({ locale: "en-US", groups: [], password: "not-kept-{{run}}", nickName: "Amazing" }),
    ),
    lookUp(
      { filter: 'userName eq "{{userNameInCapitals}}"', startIndex: "1", count: "100" },
      {
        title: "Finds the person by the user name in capitals",
        checks: [
          { at: "totalResults", is: 1 },
          { at: "Resources[0].id", is: "{{user}}" },
        ],
        expected: "The person, for user names have no case.",
      },
    ),
    {
      title: "Creates the person once more",
      method: "POST",
      path: "/Users",
      body: person(),
      status: [409],
      checks: [{ at: "scimType", is: "uniqueness" }],
      expected: "409, so that nobody is there twice.",
    },
    {
      title: "Updates the profile by PUT",
      method: "PUT",
      path: "/Users/{{user}}",
      body: person({
        id: "{{user}}",
        name: { givenName: "Another", familyName: "Hopper", middleName: "Excited" },
        meta: { resourceType: "User" },
      }),
      status: [200],
      checks: [
        { at: "name.givenName", is: "Another" },
        { at: "active", is: true },
      ],
      expected: "200 with the changed person.",
    },
    {
      title: "Lists the groups",
      method: "GET",
      path: "/Groups",
      query: { startIndex: "1", count: "100" },
      status: [200],
      checks: [{ at: "schemas", has: LIST }],
      expected: "A list of groups.",
    },
    createGroup(group({ members: [] })),
    patchGroup(
      "Renames the group by a replace without path, with its id",
      [{ op: "replace", value: { id: "{{group}}", displayName: "{{newGroupName}}" } }],
      "The new name.",
    ),
    patchGroup(
      "Adds the person to the group",
      [{ op: "add", path: "members", value: [{ value: "{{user}}", display: "{{userName}}" }] }],
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
    patchGroup(
      "Pushes the whole list of members",
      [{ op: "replace", path: "members", value: [{ value: "{{user}}", display: "{{userName}}" }] }],
      "The list is as it was sent.",
    ),
    readGroup("Reads the pushed group", isMember, "The person is a member."),
    patchPerson(
      "Deactivates the person",
      [{ op: "replace", value: { active: false } }],
      "200 or 204.",
    ),
    readPerson([{ at: "active", is: false }], "The person is there, and not active."),
    patchPerson(
      "Reactivates the person",
      [{ op: "replace", value: { active: true } }],
      "200 or 204.",
    ),
    readPerson([{ at: "active", is: true }], "The person is active.", "Reads the person again"),
    deleteGroup,
  ],
};
