import { describe, expect, test } from "vitest";
import { ENTERPRISE_URN, GROUP_URN, USER_URN } from "../schema";
import { readGroupInput } from "./group";
import { readUserInput } from "./user";

const email = "bob@example.com";
const name = { givenName: "Bob", familyName: "Ross" };

/** New people as each provider sends them, and what is kept of them. */
describe("a new User is read", () => {
  test.each<[string, unknown, Record<string, unknown>]>([
    [
      "from Okta, without the password and the groups",
      {
        schemas: [USER_URN],
        userName: email,
        name,
        emails: [{ primary: true, value: email, type: "work" }],
        displayName: "Bob Ross",
        locale: "en-US",
        externalId: "00u1",
        groups: [],
        password: "1mz050nq",
        active: true,
      },
      {
        name,
        emails: [{ primary: true, value: email, type: "work" }],
        displayName: "Bob Ross",
        locale: "en-US",
      },
    ],
    [
      "from Entra, with texts for booleans and an extension of nulls",
      {
        schemas: [USER_URN, ENTERPRISE_URN],
        externalId: "00u1",
        userName: email,
        active: "True",
        addresses: null,
        emails: [{ type: "work", primary: "True", value: email }],
        meta: { resourceType: "User" },
        name: { formatted: "Bob Ross", ...name },
        roles: [],
        [ENTERPRISE_URN]: { employeeNumber: null, department: "Paint", manager: null },
      },
      {
        emails: [{ type: "work", primary: true, value: email }],
        name: { formatted: "Bob Ross", ...name },
        [ENTERPRISE_URN]: { department: "Paint" },
      },
    ],
    [
      "from authentik, with a photo of none",
      {
        schemas: [USER_URN],
        userName: email,
        externalId: "00u1",
        name: { formatted: "Bob Ross", ...name },
        displayName: "Bob Ross",
        photos: [],
        locale: "",
        active: true,
        emails: [{ value: email, type: "other", primary: true }],
      },
      {
        name: { formatted: "Bob Ross", ...name },
        displayName: "Bob Ross",
        locale: "",
        emails: [{ value: email, type: "other", primary: true }],
      },
    ],
    [
      "from JumpCloud, with numbers that have no value",
      {
        schemas: [USER_URN],
        userName: email,
        externalId: "00u1",
        name,
        active: true,
        emails: [{ value: email, type: "work", primary: true }],
        phoneNumbers: [],
        addresses: [],
        [ENTERPRISE_URN]: {},
      },
      { name, emails: [{ value: email, type: "work", primary: true }] },
    ],
    [
      "from OneLogin, with nulls",
      {
        schemas: [USER_URN, ENTERPRISE_URN],
        userName: email,
        externalId: "00u1",
        name: { ...name, formatted: null },
        emails: [{ value: email, primary: true }],
        title: null,
        [ENTERPRISE_URN]: { department: null },
      },
      { name, emails: [{ value: email, primary: true }] },
    ],
    [
      "from Google, with its own extension",
      {
        schemas: [USER_URN],
        userName: email,
        externalId: "00u1",
        name,
        active: true,
        emails: [{ value: email, type: "work", primary: true }],
        "urn:ietf:params:scim:schemas:extension:google:2.0:User": { orgUnitPath: "/" },
      },
      {
        name,
        emails: [{ value: email, type: "work", primary: true }],
        "urn:ietf:params:scim:schemas:extension:google:2.0:User": { orgUnitPath: "/" },
      },
    ],
  ])("%s", (_, body, attributes) => {
    expect(readUserInput(body)).toEqual({
      userName: email,
      externalId: "00u1",
      active: true,
      attributes,
    });
  });
});

describe("a new Group is read", () => {
  test.each<[string, unknown, unknown]>([
    [
      "from Okta",
      { schemas: [GROUP_URN], displayName: "E", members: [{ value: "u1", display: email }] },
      [{ value: "u1", type: null }],
    ],
    [
      "from Entra, with a schema of its own",
      {
        schemas: [
          GROUP_URN,
          "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group",
        ],
        displayName: "E",
        members: [],
        meta: { resourceType: "Group" },
      },
      [],
    ],
    ["from authentik, without members", { schemas: [GROUP_URN], displayName: "E" }, null],
  ])("%s", (_, body, members) => {
    expect(readGroupInput(body)).toEqual({
      displayName: "E",
      externalId: null,
      attributes: {},
      members,
    });
  });
});
