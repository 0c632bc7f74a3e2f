import { GROUP_URN } from "../schema";
import { authentik } from "../simulated-client/profiles/authentik";
import {
  createGroup,
  createPerson,
  deletePerson,
  group,
  isMember,
  isNoMember,
  patchGroup,
  person,
  readGroup,
} from "../simulated-client/profiles/messages";
import { conform, useScimEndpoint } from "./testing-conform";

// https://github.com/goauthentik/authentik/tree/main/authentik/providers/scim/clients

const other = {
  ...createPerson(person({ userName: "{{otherUserName}}", externalId: "other-{{run}}" })),
  title: "Creates another person",
  checks: [],
  keep: { other: "id" },
};

conform(useScimEndpoint(), authentik, {
  "a group that is there already": [
    createGroup(group({ externalId: "grp-{{run}}" })),
    {
      title: "Creates the group once more",
      method: "POST",
      path: "/Groups",
      body: group({ externalId: "grp-{{run}}" }),
      status: [409],
      expected: "409",
    },
    {
      title: "Looks the group up by its name",
      method: "GET",
      path: "/Groups",
      query: { filter: 'displayName eq "{{groupName}}"' },
      status: [200],
      checks: [
        { at: "totalResults", is: 1 },
        { at: "Resources[0].id", is: "{{group}}" },
      ],
      expected: "the group",
    },
    {
      title: "Updates the group by PUT, without members",
      method: "PUT",
      path: "/Groups/{{group}}",
      body: group({ id: "{{group}}", externalId: "grp-{{run}}" }),
      status: [200],
      expected: "200",
    },
  ],
  "members of a whole synchronisation": [
    createPerson(person()),
    other,
    createGroup(group({ externalId: "grp-{{run}}" })),
    patchGroup(
      "Adds two people, an operation each",
      [
        { op: "add", path: "members", value: [{ value: "{{user}}" }] },
        { op: "add", path: "members", value: [{ value: "{{other}}" }] },
      ],
      "200 or 204",
    ),
    readGroup(
      "Compares",
      [...isMember, { at: "members", has: "{{other}}" }],
      "both, and no page of them",
    ),
    patchGroup(
      "Adds one again and removes the other",
      [
        { op: "add", path: "members", value: [{ value: "{{user}}" }] },
        { op: "remove", path: "members", value: [{ value: "{{other}}" }] },
      ],
      "200 or 204",
    ),
    readGroup("Compares again", [...isMember, { at: "members", lacks: "{{other}}" }], "one"),
    patchGroup(
      "Replaces without path, with members that are null",
      [
        {
          op: "replace",
          value: {
            schemas: [GROUP_URN],
            externalId: "grp-{{run}}",
            displayName: "{{groupName}}",
            members: null,
          },
        },
      ],
      "200 or 204",
    ),
    readGroup("Compares a third time", isMember, "the member stays"),
    deletePerson,
    readGroup("Compares after the person is gone", isNoMember, "no member"),
    {
      title: "Deletes the person once more",
      method: "DELETE",
      path: "/Users/{{user}}",
      status: [404],
      expected: "404, which authentik takes for done",
    },
  ],
});
