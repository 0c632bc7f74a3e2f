import { ENTERPRISE_URN, USER_URN } from "../schema";
import {
  BULK,
  createGroup,
  createPerson,
  ERROR,
  group,
  LIST,
  patchBody,
  person,
} from "../simulated-client/profiles/messages";
import { rfc } from "../simulated-client/profiles/rfc";
import type { Check, Step } from "../simulated-client/schema";
import { conform, useScimEndpoint } from "./testing-conform";

// https://www.rfc-editor.org/rfc/rfc7644, by section, and RFC 9865 for cursors.

/** Babs Jensen, whom the RFC's examples are about. */
const babs = person({
  schemas: [USER_URN, ENTERPRISE_URN],
  userName: "{{userName}}",
  name: { formatted: "Ms. Barbara J Jensen III", familyName: "O'Malley", givenName: "Barbara" },
  emails: [
    { value: "bjensen@example.com", type: "work", primary: true },
    { value: "babs@jensen.org", type: "home" },
  ],
  ims: [{ value: "someaimhandle", type: "aim" }],
  title: "Tour Guide",
  userType: "Employee",
  [ENTERPRISE_URN]: { employeeNumber: "701984", department: "Tours" },
});

const makeBabs: Step = {
  ...createPerson(babs),
  keep: { user: "id", created: "meta.created", etag: "header etag" },
};

/** Whether a filter finds Babs, who is the only one with this name. */
const finds = (filter: string, found: boolean): Step => ({
  title: filter,
  method: "GET",
  path: "/Users",
  query: { filter: `id eq "{{user}}" and (${filter})`, attributes: "id" },
  status: [200],
  checks: [{ at: "totalResults", is: found ? 1 : 0 }],
  expected: found ? "found" : "not found",
});

const EXAMPLES: readonly [filter: string, found: boolean][] = [
  ['userName Eq "{{userName}}"', true],
  ['Username eq "{{userNameInCapitals}}"', true],
  ['name.familyName co "O\'Malley"', true],
  ['name.familyName co "o\'malley"', true],
  ['userName sw "gatehouse"', true],
  ['urn:ietf:params:scim:schemas:core:2.0:User:userName sw "gatehouse"', true],
  [`${ENTERPRISE_URN}:department eq "Tours"`, true],
  ["title pr", true],
  ["nickName pr", false],
  ['meta.lastModified gt "2011-05-13T04:42:34Z"', true],
  ['meta.lastModified ge "{{created}}"', true],
  ['meta.lastModified lt "2011-05-13T04:42:34Z"', false],
  ['meta.lastModified le "2011-05-13T04:42:34Z"', false],
  ['title pr and userType eq "Employee"', true],
  ['title pr or userType eq "Intern"', true],
  [`schemas eq "${ENTERPRISE_URN}"`, true],
  ['userType eq "Employee" and (emails co "example.com" or emails.value co "example.org")', true],
  ['userType ne "Employee" and not (emails co "example.com" or emails.value co "x")', false],
  ['userType eq "Employee" and (emails.type eq "work")', true],
  ['userType eq "Employee" and emails[type eq "work" and value co "@example.com"]', true],
  ['emails[type eq "home" and value co "@example.com"]', false],
  ['emails[type eq "work" and value co "@x.com"] or ims[type eq "aim" and value co "aim"]', true],
  ['title pr or title pr and userType eq "Intern"', true],
  ["not (title pr) or active eq true", true],
  ['emails[not (type eq "work")]', true],
];

const patch = (title: string, operations: readonly object[], checks: readonly Check[]): Step => ({
  title,
  method: "PATCH",
  path: "/Users/{{user}}",
  query: { attributes: "userName,title,nickName,name,emails,addresses" },
  body: patchBody(...operations),
  status: [200],
  checks,
  expected: "200 with the changed resource, for attributes asked for it",
});

const refused = (
  title: string,
  body: unknown,
  scimType: string,
  path = "/Users/{{user}}",
): Step => ({
  title,
  method: "PATCH",
  path,
  body,
  status: [400],
  checks: [
    { at: "schemas", has: ERROR },
    { at: "scimType", is: scimType },
    { at: "status", is: "400" },
  ],
  expected: `400 ${scimType}`,
});

const list = (title: string, query: Step["query"], checks: readonly Check[]): Step => ({
  title,
  method: "GET",
  path: "/Users",
  query,
  status: [200],
  checks: [{ at: "schemas", has: LIST }, ...checks],
  expected: "a page",
});

conform(useScimEndpoint(), rfc, {
  "filters of section 3.4.2.2": [
    makeBabs,
    ...EXAMPLES.map(([filter, found]) => finds(filter, found)),
  ],
  "PATCH of section 3.5.2": [
    makeBabs,
    patch(
      "adds to a list",
      [{ op: "add", path: "emails", value: [{ value: "b@x.org", type: "other" }] }],
      [{ at: "emails[2].value", is: "b@x.org" }],
    ),
    patch(
      "adds without path",
      [{ op: "add", value: { nickName: "Babs", emails: [{ value: "b@x.org", type: "other" }] } }],
      [
        { at: "nickName", is: "Babs" },
        { at: "emails[3]", present: false },
      ],
    ),
    patch(
      "replaces values that a filter picks",
      [{ op: "replace", path: 'emails[type eq "work"].value', value: "work@x.org" }],
      [{ at: "emails", has: "work@x.org" }],
    ),
    patch(
      "moves primary to a new value",
      [{ op: "add", path: "emails", value: [{ value: "new@x.org", primary: true }] }],
      [
        { at: "emails[0].primary", is: false },
        { at: "emails", has: "new@x.org" },
      ],
    ),
    patch(
      "removes values that a filter picks",
      [{ op: "remove", path: 'emails[type eq "home"]' }],
      [{ at: "emails", lacks: "babs@jensen.org" }],
    ),
    patch(
      "removes an attribute",
      [{ op: "remove", path: "nickName" }],
      [{ at: "nickName", present: false }],
    ),
    patch(
      "replaces an attribute that was not there",
      [{ op: "replace", path: "nickName", value: "Barb" }],
      [{ at: "nickName", is: "Barb" }],
    ),
    patch(
      "adds a part of a complex attribute",
      [{ op: "add", path: "name.middleName", value: "Jane" }],
      [
        { at: "name.middleName", is: "Jane" },
        { at: "name.givenName", is: "Barbara" },
      ],
    ),
    refused(
      "refuses a path that is none",
      patchBody({ op: "add", path: "[", value: 1 }),
      "invalidPath",
    ),
    refused("refuses to remove from nowhere", patchBody({ op: "remove" }), "noTarget"),
    refused(
      "refuses to replace what a filter does not find",
      patchBody({ op: "replace", path: "addresses[region pr].locality", value: "x" }),
      "noTarget",
    ),
    refused(
      "refuses to change the id",
      patchBody({ op: "replace", path: "id", value: "x" }),
      "mutability",
    ),
    refused("refuses an operation that is none", patchBody({ op: "move" }), "invalidSyntax"),
    refused("refuses no operations", patchBody(), "invalidSyntax"),
    refused(
      "changes nothing when one of its operations fails",
      patchBody({ op: "add", path: "title", value: "Lost" }, { op: "remove" }),
      "noTarget",
    ),
    {
      title: "reads what is left",
      method: "GET",
      path: "/Users/{{user}}",
      status: [200],
      checks: [{ at: "title", is: "Tour Guide" }],
      expected: "as before",
    },
  ],
  "lists of section 3.4.2.4 and RFC 9865": [
    makeBabs,
    createGroup(group({ members: [{ value: "{{user}}" }] })),
    list("count=0 counts alone", { count: "0" }, [
      { at: "Resources", is: [] },
      { at: "totalResults", present: true },
    ]),
    list("a negative count is 0", { count: "-3" }, [{ at: "Resources", is: [] }]),
    list("startIndex below 1 is 1", { startIndex: "0", count: "1" }, [
      { at: "startIndex", is: 1 },
      { at: "itemsPerPage", is: 1 },
    ]),
    {
      ...list("begins a walk by cursor", { cursor: "", count: "1" }, [
        { at: "nextCursor", present: true },
        { at: "startIndex", present: false },
      ]),
      keep: { cursor: "nextCursor" },
    },
    list("goes on by cursor", { cursor: "{{cursor}}", count: "1" }, [
      { at: "itemsPerPage", is: 1 },
    ]),
    {
      ...list("refuses a made-up cursor", { cursor: "x" }, []),
      status: [400],
      checks: [{ at: "scimType", is: "invalidCursor" }],
      expected: "400 invalidCursor",
    },
    list(
      "attributes by their whole names",
      { attributes: `${USER_URN}:title`, filter: 'id eq "{{user}}"' },
      [
        { at: "Resources[0].title", is: "Tour Guide" },
        { at: "Resources[0].userName", present: false },
      ],
    ),
    list(
      "excludedAttributes never take the id",
      { excludedAttributes: "id,emails", filter: 'id eq "{{user}}"' },
      [
        { at: "Resources[0].id", is: "{{user}}" },
        { at: "Resources[0].emails", present: false },
        { at: "Resources[0].title", is: "Tour Guide" },
      ],
    ),
    list("groups of a person", { filter: 'groups.value eq "{{group}}"' }, [
      { at: "totalResults", is: 1 },
      { at: "Resources[0].id", is: "{{user}}" },
    ]),
    {
      title: "searches everything",
      method: "POST",
      path: "/.search",
      body: { filter: 'meta.resourceType eq "Group"', count: 1 },
      status: [200],
      checks: [{ at: "Resources[0].meta.resourceType", is: "Group" }],
      expected: "Groups",
    },
  ],
  "Bulk of section 3.7": [
    {
      title: "stops at failOnErrors, and says what it did",
      method: "POST",
      path: "/Bulk",
      body: {
        schemas: [BULK],
        failOnErrors: 1,
        Operations: [
          { method: "POST", path: "/Users", bulkId: "a", data: babs },
          { method: "POST", path: "/Users", bulkId: "b", data: babs },
          { method: "POST", path: "/Users", bulkId: "c", data: { userName: "{{otherUserName}}" } },
        ],
      },
      status: [200],
      checks: [
        { at: "Operations[0].status", is: "201" },
        { at: "Operations[0].bulkId", is: "a" },
        { at: "Operations[1].status", is: "409" },
        { at: "Operations[1].response.scimType", is: "uniqueness" },
        { at: "Operations[2]", present: false },
      ],
      expected: "two of three",
      keep: { location: "Operations[0].location" },
    },
    {
      title: "did not do the third",
      method: "GET",
      path: "/Users",
      query: { filter: 'userName eq "{{otherUserName}}"' },
      status: [200],
      checks: [{ at: "totalResults", is: 0 }],
      expected: "nobody",
    },
    {
      title: "goes on without failOnErrors, and resolves bulkIds whatever their order",
      method: "POST",
      path: "/Bulk",
      body: {
        schemas: [BULK],
        Operations: [
          {
            method: "POST",
            path: "/Groups",
            bulkId: "g",
            data: group({ members: [{ type: "User", value: "bulkId:u" }] }),
          },
          { method: "DELETE", path: "/Users/23a35c27-23d3-4c03-b4c5-6443c09e7173" },
          {
            method: "POST",
            path: "/Users",
            bulkId: "u",
            data: { schemas: [USER_URN], userName: "{{otherUserName}}" },
          },
        ],
      },
      status: [200],
      checks: [{ at: "Operations[2]", present: true }],
      expected: "all three",
    },
    {
      title: "made the group with its member",
      method: "GET",
      path: "/Groups",
      query: { filter: 'displayName eq "{{groupName}}"' },
      status: [200],
      checks: [{ at: "Resources[0].members[0].type", is: "User" }],
      expected: "the group",
    },
    {
      title: "refuses an operation on nothing",
      method: "POST",
      path: "/Bulk",
      body: {
        schemas: [BULK],
        Operations: [{ method: "POST", path: "/Schemas", bulkId: "x", data: {} }],
      },
      status: [200],
      checks: [{ at: "Operations[0].response.schemas", has: ERROR }],
      expected: "an error of its own",
    },
  ],
  "what there is not": [
    {
      title: "/Me (section 3.11)",
      method: "GET",
      path: "/Me",
      status: [501],
      checks: [{ at: "status", is: "501" }],
      expected: "501",
    },
    {
      title: "another resource type",
      method: "POST",
      path: "/Devices",
      body: {},
      status: [404],
      checks: [{ at: "schemas", has: ERROR }],
      expected: "404",
    },
    {
      title: "a filter on discovery (section 4)",
      method: "GET",
      path: "/ServiceProviderConfig",
      query: { filter: "patch pr" },
      status: [403],
      expected: "403",
    },
    {
      title: "DELETE of a collection",
      method: "DELETE",
      path: "/Users",
      status: [405],
      expected: "405",
    },
  ],
});
