import { GROUP_URN } from "../../schema";
import type { Profile } from "../schema";
import {
  createGroup,
  createPerson,
  deleteGroup,
  deletePerson,
  group,
  isMember,
  isNoMember,
  patchGroup,
  person,
  personIsGone,
  readGroup,
} from "./messages";

const pushed = (more: object) =>
  person({
    name: { formatted: "Grace Hopper", givenName: "Grace", familyName: "Hopper" },
    photos: null,
    locale: null,
    ...more,
  });

/** authentik asks first what the endpoint can, pushes people by PUT and members one by one. */
export const authentik: Profile = {
  id: "authentik",
  name: "authentik",
  userAgent: "authentik@2026.2.1",
  source: "https://docs.goauthentik.io/add-secure-apps/providers/scim/",
  steps: [
    {
      title: "Asks what the endpoint can",
      method: "GET",
      path: "/ServiceProviderConfig",
      status: [200],
      checks: [
        { at: "patch.supported", is: true },
        { at: "bulk.maxOperations", present: true },
        { at: "filter.supported", is: true },
        { at: "authenticationSchemes[0].type", is: "oauthbearertoken" },
      ],
      expected: "A ServiceProviderConfig with PATCH and filters.",
    },
    createPerson(pushed({})),
    {
      title: "Creates the person once more",
      method: "POST",
      path: "/Users",
      body: pushed({}),
      status: [409],
      expected: "409, after which authentik looks the person up.",
    },
    {
      title: "Looks the person up",
      method: "GET",
      path: "/Users",
      query: { filter: 'userName eq "{{userName}}"' },
      status: [200],
      checks: [{ at: "Resources[0].id", is: "{{user}}" }],
      expected: "The person.",
    },
    {
      title: "Updates the person by PUT",
      method: "PUT",
      path: "/Users/{{user}}",
      body: pushed({ id: "{{user}}", displayName: "Rear Admiral Hopper" }),
      status: [200],
      checks: [{ at: "displayName", is: "Rear Admiral Hopper" }],
      expected: "200 with the changed person.",
    },
    createGroup(group({ externalId: "grp-{{run}}" })),
    patchGroup(
      "Adds the person to the group, one operation for each member",
      [{ op: "add", path: "members", value: [{ value: "{{user}}" }] }],
      "200 or 204.",
    ),
    patchGroup(
      "Replaces the group without path and without members",
      [
        {
          op: "replace",
          path: null,
          value: {
            schemas: [GROUP_URN],
            id: "{{group}}",
            externalId: "grp-{{run}}",
            displayName: "{{newGroupName}}",
          },
        },
      ],
      "The members stay.",
    ),
    readGroup(
      "Reads the whole group and compares its members",
      [{ at: "displayName", is: "{{newGroupName}}" }, ...isMember],
      "The new name, and the person still among the members.",
    ),
    patchGroup(
      "Removes the person by a list in value",
      [{ op: "remove", path: "members", value: [{ value: "{{user}}" }] }],
      "200 or 204.",
    ),
    readGroup("Reads the group again", isNoMember, "The person is no member any more."),
    {
      title: "Lists people page by page",
      method: "GET",
      path: "/Users",
      query: { startIndex: "1" },
      status: [200],
      checks: [
        { at: "totalResults", present: true },
        { at: "itemsPerPage", present: true },
      ],
      expected: "A page with totalResults, by which authentik goes on.",
    },
    deleteGroup,
    deletePerson,
    personIsGone,
  ],
};
