import { ENTERPRISE_URN } from "../schema";
import {
  createGroup,
  createPerson,
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
} from "../simulated-client/profiles/messages";
import type { Profile } from "../simulated-client/schema";
import { conform, useScimEndpoint } from "./testing-conform";

/** Sends what the JSON template of the app says, with null for what a person lacks. */
const onelogin: Profile = {
  id: "onelogin",
  name: "OneLogin",
  userAgent: "OneLogin SCIM Provisioner",
  source: "https://developers.onelogin.com/scim/test-your-scim",
  contentType: "application/json",
  steps: [
    lookUp({ filter: 'userName eq "{{userName}}"' }),
    createPerson(
      person({
        ...enterprise,
        nickName: null,
        title: null,
        phoneNumbers: [{ value: null, type: "work", primary: true }],
        [ENTERPRISE_URN]: { department: null, manager: null, employeeNumber: "7" },
      }),
    ),
    {
      title: "Updates by PUT",
      method: "PUT",
      path: "/Users/{{user}}",
      body: person({ ...enterprise, title: "Commodore", nickName: null }),
      status: [200],
      checks: [
        { at: "title", is: "Commodore" },
        { at: "nickName", present: false },
      ],
      expected: "200 with the title",
    },
    createGroup(group({ members: [{ value: "{{user}}" }] })),
    patchGroup(
      "Adds the same members again",
      [{ op: "add", path: "members", value: [{ value: "{{user}}" }, { value: "{{user}}" }] }],
      "200 or 204",
    ),
    readGroup(
      "Reads the group",
      [...isMember, { at: "members[1]", present: false }],
      "the person once",
    ),
    patchGroup(
      "Removes members that the path names",
      [{ op: "remove", path: 'members[value eq "{{user}}"]' }],
      "200 or 204",
    ),
    readGroup("Reads the group again", isNoMember, "no member"),
    patchPerson("Suspends", [{ op: "replace", path: "active", value: false }], "200 or 204"),
    readPerson([{ at: "active", is: false }], "not active"),
    deletePerson,
    personIsGone,
  ],
};

conform(useScimEndpoint(), onelogin, {
  "values that are null in a PATCH": [
    createPerson(person({ title: "Captain" })),
    patchPerson("Unsets the title", [{ op: "replace", path: "title", value: null }], "200 or 204"),
    readPerson([{ at: "title", present: false }], "no title"),
    patchPerson(
      "Unsets without path",
      [{ op: "replace", value: { nickName: null } }],
      "200 or 204",
    ),
  ],
});
