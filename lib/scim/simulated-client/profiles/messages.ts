import { ENTERPRISE_URN, GROUP_URN, USER_URN } from "../../schema";
import type { Check, Step } from "../schema";

const message = (name: string) => `urn:ietf:params:scim:api:messages:2.0:${name}`;
export const LIST = message("ListResponse");
export const ERROR = message("Error");
export const BULK = message("BulkRequest");
export const SEARCH = message("SearchRequest");

export const patchBody = (...Operations: readonly unknown[]) => ({
  schemas: [message("PatchOp")],
  Operations,
});

export const nobody: readonly Check[] = [
  { at: "schemas", has: LIST },
  { at: "totalResults", is: 0 },
];

/** A change that is answered with the resource or without. */
export const CHANGED = [200, 204] as const;

/** What a search finds before the person is pushed: nobody, which is no error. */
export const lookUp = (query: Step["query"], more: Partial<Step> = {}): Step => ({
  title: "Looks whether the person is there",
  method: "GET",
  path: "/Users",
  query,
  status: [200],
  checks: nobody,
  expected: "An empty list, not an error.",
  ...more,
});

/** The person of a run, as nearly every provider sends one. */
export const person = (more: object = {}) => ({
  schemas: [USER_URN],
  userName: "{{userName}}",
  externalId: "ext-{{run}}",
  name: { givenName: "Grace", familyName: "Hopper" },
  emails: [{ value: "{{userName}}", type: "work", primary: true }],
  displayName: "Grace Hopper",
  active: true,
  ...more,
});

export const enterprise = { schemas: [USER_URN, ENTERPRISE_URN] };

export const group = (more: object = {}) => ({
  schemas: [GROUP_URN],
  displayName: "{{groupName}}",
  ...more,
});

export const createPerson = (body: unknown, more: Partial<Step> = {}): Step => ({
  title: "Creates the person",
  method: "POST",
  path: "/Users",
  body,
  status: [201],
  checks: [
    { at: "id", present: true },
    { at: "userName", is: "{{userName}}" },
    { at: "active", is: true },
    { at: "password", present: false },
    { at: "meta.resourceType", is: "User" },
  ],
  expected: "201 with the person and an id, and never a password.",
  keep: { user: "id" },
  ...more,
});

export const readPerson = (
  checks: readonly Check[],
  expected: string,
  title = "Reads the person",
): Step => ({
  title,
  method: "GET",
  path: "/Users/{{user}}",
  status: [200],
  checks: [{ at: "id", is: "{{user}}" }, ...checks],
  expected,
});

export const patchPerson = (
  title: string,
  operations: readonly unknown[],
  expected: string,
): Step => ({
  title,
  method: "PATCH",
  path: "/Users/{{user}}",
  body: patchBody(...operations),
  status: CHANGED,
  expected,
});

export const createGroup = (body: unknown, more: Partial<Step> = {}): Step => ({
  title: "Creates the group",
  method: "POST",
  path: "/Groups",
  body,
  status: [201],
  checks: [
    { at: "id", present: true },
    { at: "displayName", is: "{{groupName}}" },
    { at: "meta.resourceType", is: "Group" },
  ],
  expected: "201 with the group and an id.",
  keep: { group: "id" },
  ...more,
});

export const patchGroup = (
  title: string,
  operations: readonly unknown[],
  expected: string,
): Step => ({
  title,
  method: "PATCH",
  path: "/Groups/{{group}}",
  body: patchBody(...operations),
  status: CHANGED,
  expected,
});

export const readGroup = (title: string, checks: readonly Check[], expected: string): Step => ({
  title,
  method: "GET",
  path: "/Groups/{{group}}",
  status: [200],
  checks: [{ at: "id", is: "{{group}}" }, ...checks],
  expected,
});

export const isMember: readonly Check[] = [{ at: "members", has: "{{user}}" }];
export const isNoMember: readonly Check[] = [{ at: "members", lacks: "{{user}}" }];

export const deleteGroup: Step = {
  title: "Deletes the group",
  method: "DELETE",
  path: "/Groups/{{group}}",
  status: [204],
  expected: "204 without a body.",
};

export const deletePerson: Step = {
  title: "Deletes the person",
  method: "DELETE",
  path: "/Users/{{user}}",
  status: [204],
  expected: "204 without a body.",
};

export const personIsGone: Step = {
  title: "Looks for the deleted person",
  method: "GET",
  path: "/Users/{{user}}",
  status: [404],
  checks: [{ at: "schemas", has: ERROR }],
  expected: "404 with a SCIM error.",
};
