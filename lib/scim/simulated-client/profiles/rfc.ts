import type { Profile, Step } from "../schema";
import {
  BULK,
  createGroup,
  createPerson,
  deleteGroup,
  deletePerson,
  ERROR,
  group,
  isMember,
  LIST,
  patchBody,
  person,
  personIsGone,
  readGroup,
  SEARCH,
} from "./messages";

const discovery: readonly Step[] = (
  [
    ["/ServiceProviderConfig", "etag.supported", true],
    ["/ResourceTypes", "totalResults", 2],
    ["/Schemas", "totalResults", 3],
  ] as const
).map(([path, at, is]) => ({
  title: `Reads ${path}`,
  method: "GET",
  path,
  status: [200],
  checks: [{ at, is }],
  expected: "The discovery document (RFC 7644 §4).",
}));

const bulk: Step = {
  title: "Makes a second person and a group of both at once",
  method: "POST",
  path: "/Bulk",
  body: {
    schemas: [BULK],
    failOnErrors: 1,
    Operations: [
      {
        method: "POST",
        path: "/Users",
        bulkId: "second",
        data: person({ userName: "{{otherUserName}}", externalId: "ext2-{{run}}" }),
      },
      {
        method: "PATCH",
        path: "/Groups/{{group}}",
        data: patchBody({
          op: "add",
          path: "members",
          value: [{ value: "{{user}}" }, { value: "bulkId:second" }],
        }),
      },
    ],
  },
  status: [200],
  checks: [{ at: "Operations[0].status", is: "201" }],
  expected: "200 with a status for each operation.",
  keep: { secondAt: "Operations[0].location" },
};

/** A client that does what RFC 7644 says and nothing else. */
export const rfc: Profile = {
  id: "rfc",
  name: "SCIM 2.0 (RFC 7644)",
  userAgent: "Gatehouse simulated SCIM client",
  source: "https://www.rfc-editor.org/info/rfc7644",
  steps: [
    ...discovery,
    {
      ...createPerson(person()),
      keep: { user: "id", etag: "header etag", location: "header location" },
    },
    {
      title: "Reads the person if it changed",
      method: "GET",
      path: "/Users/{{user}}",
      headers: { "if-none-match": "{{etag}}" },
      status: [304],
      expected: "304, for it did not change (RFC 7644 §3.14).",
    },
    {
      title: "Changes the person as it was read",
      method: "PATCH",
      path: "/Users/{{user}}",
      headers: { "if-match": "{{etag}}" },
      body: patchBody({ op: "add", path: "title", value: "Rear Admiral" }),
      status: [200, 204],
      expected: "The change, for nobody changed the person in between.",
    },
    {
      title: "Changes the person as it was before",
      method: "PUT",
      path: "/Users/{{user}}",
      headers: { "if-match": "{{etag}}" },
      body: person({ title: "Captain" }),
      status: [412],
      checks: [{ at: "schemas", has: ERROR }],
      expected: "412, so that no change is lost.",
    },
    {
      title: "Reads two attributes",
      method: "GET",
      path: "/Users/{{user}}",
      query: { attributes: "title,name.familyName" },
      status: [200],
      checks: [
        { at: "title", is: "Rear Admiral" },
        { at: "name.familyName", is: "Hopper" },
        { at: "id", is: "{{user}}" },
        { at: "userName", present: false },
        { at: "name.givenName", present: false },
      ],
      expected: "The two, and the id.",
    },
    {
      title: "Searches with a filter over values, by POST",
      method: "POST",
      path: "/Users/.search",
      body: {
        schemas: [SEARCH],
        filter:
          'emails[type eq "work" and value co "{{run}}"] and not (active eq false) and title pr',
        sortBy: "userName",
        count: 1,
      },
      status: [200],
      checks: [
        { at: "schemas", has: LIST },
        { at: "totalResults", is: 1 },
        { at: "Resources[0].id", is: "{{user}}" },
      ],
      expected: "The person alone.",
    },
    {
      title: "Searches with a filter that is none",
      method: "GET",
      path: "/Users",
      query: { filter: "userName eq" },
      status: [400],
      checks: [
        { at: "scimType", is: "invalidFilter" },
        { at: "status", is: "400" },
      ],
      expected: "400 with scimType invalidFilter.",
    },
    createGroup(group()),
    bulk,
    readGroup(
      "Reads the group",
      [...isMember, { at: "members[1].value", present: true }],
      "Both as members.",
    ),
    deleteGroup,
    deletePerson,
    personIsGone,
    {
      title: "Finds the second person",
      method: "GET",
      path: "/Users",
      query: { filter: 'userName eq "{{otherUserName}}"' },
      status: [200],
      checks: [{ at: "totalResults", is: 1 }],
      expected: "The person.",
      keep: { user: "Resources[0].id" },
    },
    deletePerson,
  ],
};
