import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readUserInput } from "../input/user";
import { ENTERPRISE_URN, USER_URN, type UserInput } from "../schema";
import { isScimError } from "../scim-error";
import { readPatch } from "./read";
import { patchUser } from "./user";

const PATCH_URN = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
const ACME_URN = "urn:acme:params:scim:schemas:extension:shoes:2.0:User";

const work = { value: "bob@work.example", type: "work", primary: true };
const home = { value: "bob@home.example", type: "home" };

const bob: UserInput = {
  userName: "bob@example.com",
  externalId: "00u1",
  active: true,
  attributes: {
    name: { givenName: "Bob", familyName: "Ross" },
    title: "Painter",
    emails: [work, home],
    [ENTERPRISE_URN]: { department: "Paint", manager: { value: "26118915" } },
  },
};

type Operation = Record<string, unknown>;
const patched = (current: UserInput, ...operations: Operation[]) =>
  patchUser(current, readPatch({ schemas: [PATCH_URN], Operations: operations }, "User"));
/** Bob with other attributes. */
const having = (attributes: Record<string, unknown>): UserInput => ({
  ...bob,
  attributes: JSON.parse(JSON.stringify({ ...bob.attributes, ...attributes })),
});

function refusalOf(run: () => unknown) {
  try {
    run();
  } catch (error) {
    if (isScimError(error)) return [error.status, error.scimType];
    throw error;
  }
  return null;
}

const add = (path: string, value: unknown) => ({ op: "add", path, value });
const replace = (path: string, value: unknown) => ({ op: "replace", path, value });
const remove = (path: string, value?: unknown) => ({ op: "remove", path, value });

type Case = [string, Operation | Operation[], UserInput];

const rfc: Case[] = [
  [
    "add sets an attribute that is not there",
    add("nickName", "Bobby"),
    having({ nickName: "Bobby" }),
  ],
  ["add replaces a single value", add("title", "Artist"), having({ title: "Artist" })],
  [
    "add merges into a complex attribute",
    add("name", { middleName: "N" }),
    having({ name: { givenName: "Bob", familyName: "Ross", middleName: "N" } }),
  ],
  [
    "add appends to a list",
    add("emails", [{ value: "c@d.e", type: "other" }]),
    having({ emails: [work, home, { value: "c@d.e", type: "other" }] }),
  ],
  [
    "add of a primary value takes primary from the other",
    add("emails", [{ value: "c@d.e", type: "other", primary: true }]),
    having({
      emails: [{ ...work, primary: false }, home, { value: "c@d.e", type: "other", primary: true }],
    }),
  ],
  ["add of what is there changes nothing", add("emails", [home]), bob],
  [
    "add without path takes attributes",
    { op: "add", value: { nickName: "B", emails: [{ value: "c@d.e" }] } },
    having({ nickName: "B", emails: [work, home, { value: "c@d.e" }] }),
  ],
  [
    "add to one value of a list",
    add('emails[type eq "home"]', { display: "Home" }),
    having({ emails: [work, { ...home, display: "Home" }] }),
  ],
  ["replace of a single value", replace("title", "Artist"), having({ title: "Artist" })],
  ["replace of what is not there sets it", replace("nickName", "B"), having({ nickName: "B" })],
  [
    "replace of a list is of the whole list",
    replace("emails", [{ value: "c@d.e" }]),
    having({ emails: [{ value: "c@d.e" }] }),
  ],
  [
    "replace of a complex attribute leaves the parts it does not name",
    replace("name", { givenName: "Robert" }),
    having({ name: { givenName: "Robert", familyName: "Ross" } }),
  ],
  [
    "replace of a complex attribute clears a part that is null",
    replace("name", { givenName: null }),
    having({ name: { familyName: "Ross" } }),
  ],
  [
    "replace of one value of a list is of all of it",
    replace('emails[type eq "work"]', { value: "n@w.x", type: "work" }),
    having({ emails: [{ value: "n@w.x", type: "work" }, home] }),
  ],
  [
    "replace of a part of one value",
    replace('emails[type eq "work"].value', "n@w.x"),
    having({ emails: [{ ...work, value: "n@w.x" }, home] }),
  ],
  [
    "replace of primary takes it from the other",
    replace('emails[type eq "home"].primary', true),
    having({
      emails: [
        { ...work, primary: false },
        { ...home, primary: true },
      ],
    }),
  ],
  ["replace with null clears", replace("title", null), having({ title: undefined })],
  ["replace with an empty list clears", replace("emails", []), having({ emails: undefined })],
  ["remove of an attribute", remove("title"), having({ title: undefined })],
  ["remove of a part", remove("name.givenName"), having({ name: { familyName: "Ross" } })],
  ["remove of a list", remove("emails"), having({ emails: undefined })],
  ["remove of one value", remove('emails[type eq "work"]'), having({ emails: [home] })],
  [
    "remove by two conditions",
    remove('emails[type eq "work" and value ew "@work.example"]'),
    having({ emails: [home] }),
  ],
  ["remove by not", remove('emails[not (type eq "home")]'), having({ emails: [home] })],
  [
    "remove of all values clears the list",
    remove("emails[value pr]"),
    having({ emails: undefined }),
  ],
  [
    "remove of a part of one value",
    remove('emails[type eq "work"].primary'),
    having({ emails: [{ value: work.value, type: "work" }, home] }),
  ],
  [
    "remove of the value of one value takes all of it",
    remove('emails[type eq "work"].value'),
    having({ emails: [home] }),
  ],
  ["remove of what is not there changes nothing", remove("nickName"), bob],
  ["remove of a value that is not there changes nothing", remove('emails[type eq "other"]'), bob],
  [
    "operations apply in their order",
    [add("title", "A"), remove("title"), add("title", "B"), replace("title", "C")],
    having({ title: "C" }),
  ],
  [
    "a later operation finds what an earlier one made",
    [
      remove("emails"),
      add("emails", [{ value: "x@y.z", type: "home" }]),
      replace('emails[type eq "home"].value', "n@y.z"),
    ],
    having({ emails: [{ value: "n@y.z", type: "home" }] }),
  ],
  [
    "the URN of the core schema may stand before a name",
    replace(`${USER_URN}:name.familyName`, "R"),
    having({ name: { givenName: "Bob", familyName: "R" } }),
  ],
  ["externalId can be set", replace("externalId", "00u2"), { ...bob, externalId: "00u2" }],
  ["externalId can go", remove("externalId"), { ...bob, externalId: null }],
  [
    "userName can change",
    replace("userName", "rob@example.com"),
    { ...bob, userName: "rob@example.com" },
  ],
];

describe("a PATCH of a User by RFC 7644 §3.5.2", () => {
  test.each(rfc)("%s", (_, operations, after) => {
    expect(patched(bob, ...[operations].flat())).toEqual(after);
  });

  test.each(rfc)("%s; and once more is the same", (_, operations, after) => {
    expect(patched(patched(bob, ...[operations].flat()), ...[operations].flat())).toEqual(after);
  });
});

const withoutLists: UserInput = { ...bob, attributes: { title: "Painter" } };
const paints = (attributes: Record<string, unknown>): UserInput => ({
  ...withoutLists,
  attributes: { title: "Painter", ...attributes },
});
const fromWork = { type: "work", value: "n@w.x" };

const dialects: [string, string, UserInput, Operation | Operation[], UserInput][] = [
  [
    "Okta",
    "deactivates without path",
    bob,
    { op: "replace", value: { active: false } },
    { ...bob, active: false },
  ],
  [
    "Okta",
    "sends a password, which is not kept",
    bob,
    { op: "replace", value: { password: "x" } },
    bob,
  ],
  [
    "Okta",
    "sends its id along",
    bob,
    { op: "replace", value: { id: "1", title: "A" } },
    having({ title: "A" }),
  ],
  [
    "Entra",
    "writes operators with a capital",
    bob,
    { op: "Replace", path: "title", value: "A" },
    having({ title: "A" }),
  ],
  [
    "Entra",
    'deactivates with "False"',
    bob,
    { op: "Replace", path: "active", value: "False" },
    { ...bob, active: false },
  ],
  [
    "Entra",
    'activates with "True"',
    { ...bob, active: false },
    { op: "Add", path: "active", value: "True" },
    bob,
  ],
  [
    "Entra",
    "adds a part of a value that is not there",
    withoutLists,
    { op: "Add", path: 'emails[type eq "work"].value', value: "n@w.x" },
    paints({ emails: [fromWork] }),
  ],
  [
    "Entra",
    "replaces a part of a value that is not there",
    withoutLists,
    { op: "Replace", path: 'emails[type eq "work"].value', value: "n@w.x" },
    paints({ emails: [fromWork] }),
  ],
  [
    "Entra",
    "makes an address part by part",
    withoutLists,
    [
      { op: "Add", path: 'addresses[type eq "work"].locality', value: "Muncie" },
      { op: "Add", path: 'addresses[type eq "work"].country', value: "US" },
    ],
    paints({ addresses: [{ type: "work", locality: "Muncie", country: "US" }] }),
  ],
  [
    "Entra",
    "makes a mobile number",
    withoutLists,
    { op: "Replace", path: 'phoneNumbers[type eq "mobile"].value', value: "+1" },
    paints({ phoneNumbers: [{ type: "mobile", value: "+1" }] }),
  ],
  [
    "Entra",
    'makes a role by [primary eq "True"]',
    withoutLists,
    { op: "Add", path: 'roles[primary eq "True"].value', value: "admin" },
    paints({ roles: [{ primary: true, value: "admin" }] }),
  ],
  [
    "Entra",
    'replaces a role by [primary eq "True"]',
    paints({ roles: [{ primary: true, value: "admin" }] }),
    { op: "Replace", path: 'roles[primary eq "True"].value', value: "reader" },
    paints({ roles: [{ primary: true, value: "reader" }] }),
  ],
  [
    "Entra",
    "names the enterprise extension by URN",
    bob,
    { op: "Replace", path: `${ENTERPRISE_URN}:department`, value: "Art" },
    having({ [ENTERPRISE_URN]: { department: "Art", manager: { value: "26118915" } } }),
  ],
  [
    "Entra",
    "sends a manager as a text",
    bob,
    { op: "Replace", path: `${ENTERPRISE_URN}:manager`, value: "77" },
    having({ [ENTERPRISE_URN]: { department: "Paint", manager: { value: "77" } } }),
  ],
  [
    "Entra",
    "sends the value of a manager",
    bob,
    { op: "Replace", path: `${ENTERPRISE_URN}:manager.value`, value: "77" },
    having({ [ENTERPRISE_URN]: { department: "Paint", manager: { value: "77" } } }),
  ],
  [
    "Entra",
    "removes a manager",
    bob,
    { op: "Remove", path: `${ENTERPRISE_URN}:manager` },
    having({ [ENTERPRISE_URN]: { department: "Paint" } }),
  ],
  [
    "Entra",
    "wraps a single value",
    bob,
    { op: "Replace", path: "title", value: [{ $ref: null, value: "A" }] },
    having({ title: "A" }),
  ],
  [
    "Entra with aadOptscim062020",
    "sends paths as names",
    bob,
    {
      op: "replace",
      value: {
        displayName: "B",
        "name.givenName": "Rob",
        "name.familyName": "R",
        [`${ENTERPRISE_URN}:employeeNumber`]: "7",
        'emails[type eq "work"].value': "n@w.x",
      },
    },
    having({
      displayName: "B",
      name: { givenName: "Rob", familyName: "R" },
      emails: [{ ...work, value: "n@w.x" }, home],
      [ENTERPRISE_URN]: {
        department: "Paint",
        manager: { value: "26118915" },
        employeeNumber: "7",
      },
    }),
  ],
  [
    "Entra with aadOptscim062020",
    "deactivates with a boolean",
    bob,
    { op: "replace", path: "active", value: false },
    { ...bob, active: false },
  ],
  [
    "authentik",
    "replaces without path, with schemas and id",
    bob,
    { op: "replace", value: { schemas: [USER_URN], id: "1", userName: "rob", active: true } },
    { ...bob, userName: "rob" },
  ],
  [
    "JumpCloud",
    "sends the whole extension as an object",
    bob,
    { op: "replace", value: { [ENTERPRISE_URN]: { department: "Art" } } },
    having({ [ENTERPRISE_URN]: { department: "Art", manager: { value: "26118915" } } }),
  ],
  [
    "OneLogin",
    "sends null for what is not there",
    bob,
    { op: "replace", value: { title: null, nickName: null } },
    having({ title: undefined }),
  ],
  [
    "Google",
    "suspends",
    bob,
    { op: "replace", path: "active", value: false },
    { ...bob, active: false },
  ],
  [
    "any client",
    "writes names in any case",
    bob,
    { OP: "REPLACE", Path: "NAME.GivenName", Value: "Rob" },
    having({ name: { givenName: "Rob", familyName: "Ross" } }),
  ],
  [
    "any client",
    "sends what nobody knows without path",
    bob,
    { op: "add", value: { shoeSize: 42 } },
    bob,
  ],
  [
    "any client",
    "sends one email without a list",
    bob,
    add("emails", { value: "c@d.e" }),
    having({ emails: [work, home, { value: "c@d.e" }] }),
  ],
  [
    "any client",
    "lists what to remove",
    bob,
    remove("emails", [{ value: work.value }]),
    having({ emails: [home] }),
  ],
  ["any client", "lists nothing to remove", bob, remove("emails", []), bob],
  [
    "any client",
    "says remove with null",
    bob,
    remove("emails", null),
    having({ emails: undefined }),
  ],
  [
    "any client",
    "sets the enterprise extension by its path",
    bob,
    add(ENTERPRISE_URN, { division: "D" }),
    having({
      [ENTERPRISE_URN]: { department: "Paint", manager: { value: "26118915" }, division: "D" },
    }),
  ],
  [
    "any client",
    "removes the enterprise extension",
    bob,
    remove(ENTERPRISE_URN),
    having({ [ENTERPRISE_URN]: undefined }),
  ],
  [
    "any client",
    "sets an attribute of its own extension",
    bob,
    add(`${ACME_URN}:size`, 42),
    having({ [ACME_URN]: { size: 42 } }),
  ],
  [
    "any client",
    "finds its own extension in another case",
    having({ [ACME_URN]: { Size: 42 } }),
    replace(`${ACME_URN.toLowerCase()}:SIZE`, 43),
    having({ [ACME_URN]: { Size: 43 } }),
  ],
  [
    "any client",
    "removes an attribute of its own extension",
    having({ [ACME_URN]: { size: 42, x: 1 } }),
    remove(`${ACME_URN}:size`),
    having({ [ACME_URN]: { x: 1 } }),
  ],
  [
    "any client",
    "removes its own extension",
    having({ [ACME_URN]: { size: 42 } }),
    remove(ACME_URN),
    bob,
  ],
  [
    "any client",
    "sets its own extension as an object",
    bob,
    { op: "add", value: { [ACME_URN]: { size: 42 } } },
    having({ [ACME_URN]: { size: 42 } }),
  ],
  [
    "any client",
    "sets an extension of a short URN",
    bob,
    { op: "add", value: { "urn:acme:shoes": { size: 42 } } },
    having({ "urn:acme:shoes": { size: 42 } }),
  ],
  ["any client", "sends schemas by path", bob, add("schemas", [ENTERPRISE_URN]), bob],
];

describe("a PATCH of a User in a dialect", () => {
  test.each(dialects)("%s %s", (_, __, before, operations, after) => {
    expect(patched(before, ...[operations].flat())).toEqual(after);
  });

  test.each(dialects)("%s %s; and once more", (_, __, before, operations, after) => {
    expect(patched(patched(before, ...[operations].flat()), ...[operations].flat())).toEqual(after);
  });
});

describe("a PATCH of a User is refused", () => {
  test.each<[string, Operation | Operation[], string]>([
    ["without a known op", { op: "move", path: "title" }, "invalidSyntax"],
    ["without op", { path: "title", value: "x" }, "invalidSyntax"],
    ["when add has no value", { op: "add", path: "title" }, "invalidValue"],
    ["when replace has no value", { op: "replace", path: "title" }, "invalidValue"],
    ["when the value without path is no object", { op: "add", value: "x" }, "invalidValue"],
    ["when remove has no path", { op: "remove" }, "noTarget"],
    ["for a path that is no text", { op: "add", path: 7, value: 1 }, "invalidPath"],
    ["for a path that does not parse", remove('emails[type eq "work"'), "invalidPath"],
    [
      "for a filter that compares text with a number",
      remove("emails[value eq 5]"),
      "invalidFilter",
    ],
    ["for a filter that orders booleans", remove("roles[primary gt true]"), "invalidFilter"],
    ["for an attribute nobody knows", add("shoeSize", 42), "invalidPath"],
    ["for a part nobody knows", add("name.nick", "B"), "invalidPath"],
    ["for a part of a simple attribute", add("title.x", "B"), "invalidPath"],
    [
      "for a filter on a single value",
      replace('name[givenName eq "Bob"].familyName', "x"),
      "invalidPath",
    ],
    [
      "for an unknown attribute of a known extension",
      add(`${ENTERPRISE_URN}:shoe`, 1),
      "invalidPath",
    ],
    ["for members, which a User has not", add("members", [{ value: "x" }]), "invalidPath"],
    ["for id", replace("id", "1"), "mutability"],
    ["for meta", replace("meta.created", "2026-01-01T00:00:00Z"), "mutability"],
    ["for groups", add("groups", [{ value: "g" }]), "mutability"],
    [
      "for the display name of a manager",
      replace(`${ENTERPRISE_URN}:manager.displayName`, "x"),
      "mutability",
    ],
    ["when userName would go", remove("userName"), "mutability"],
    ["when userName would be null", replace("userName", null), "mutability"],
    ["when userName would be empty", replace("userName", ""), "invalidValue"],
    ["when active would go", remove("active"), "mutability"],
    ["when active is no boolean", replace("active", "perhaps"), "invalidValue"],
    ["when userName is an object", replace("userName", { a: 1 }), "invalidValue"],
    ["when emails are a text", replace("emails", "a@b.c"), "invalidValue"],
    ["when a part has the wrong type", replace('emails[type eq "work"].value', 5), "invalidValue"],
    [
      "when replace finds no such value",
      replace('emails[type eq "other"]', { value: "x" }),
      "noTarget",
    ],
    [
      "when replace finds no value of a type nobody uses",
      replace('emails[type eq "hobby"].value', "x"),
      "noTarget",
    ],
    [
      "when replace finds no such address",
      replace('emails[value eq "no@b.c"].display', "x"),
      "noTarget",
    ],
    [
      "when add finds none and the filter says not what to make",
      add('emails[value co "nobody"].display', "x"),
      "noTarget",
    ],
    [
      "when two values would be primary",
      add("emails", [
        { value: "a", primary: true },
        { value: "b", primary: true },
      ]),
      "invalidValue",
    ],
    [
      "when a filter makes two values primary",
      replace("emails[value pr].primary", true),
      "invalidValue",
    ],
    ["when the last of many is wrong", [replace("title", "x"), remove("id")], "mutability"],
  ])("%s", (_, operations, scimType) => {
    const current = having({});
    expect(refusalOf(() => patched(current, ...[operations].flat()))).toEqual([400, scimType]);
    expect(current).toEqual(bob);
  });

  test.each<[string, unknown]>([
    ["that is no object", []],
    ["without Operations", { schemas: [PATCH_URN] }],
    ["with no operation", { Operations: [] }],
    ["with Operations that are no list", { Operations: {} }],
    ["with an operation that is no object", { Operations: ["add"] }],
    ["with schemas of something else", { schemas: [USER_URN], Operations: [remove("title")] }],
  ])("for a body %s", (_, body) => {
    expect(refusalOf(() => readPatch(body, "User"))).toEqual([400, "invalidSyntax"]);
  });

  test("beyond 1,000 operations", () => {
    const body = { Operations: Array(1_001).fill(remove("title")) };
    expect(refusalOf(() => readPatch(body, "User"))).toEqual([413, undefined]);
  });
});

describe("an attack by PATCH", () => {
  test.each<[string, string]>([
    ["__proto__ by path", '{"op":"add","path":"__proto__.polluted","value":1}'],
    ["constructor by path", '{"op":"add","path":"constructor.prototype.polluted","value":1}'],
    ["__proto__ by a URN", '{"op":"add","path":"urn:a:2.0:User:__proto__.polluted","value":1}'],
    [
      "__proto__ as an extension",
      '{"op":"add","path":"urn:a:2.0:User:x.__proto__","value":{"polluted":1}}',
    ],
    ["__proto__ as a part", '{"op":"add","path":"name.__proto__","value":{"polluted":1}}'],
    [
      "__proto__ in a filter",
      '{"op":"add","path":"emails[__proto__ eq \\"x\\"].value","value":"1"}',
    ],
    ["__proto__ by value", '{"op":"add","value":{"__proto__":{"polluted":1}}}'],
    [
      "__proto__ deep in a value",
      '{"op":"add","path":"urn:a:2.0:User:x","value":[{"__proto__":{"polluted":1}}]}',
    ],
    ["a dotted name", '{"op":"add","value":{"constructor.prototype.polluted":1}}'],
    [
      "a dotted name in an extension",
      '{"op":"add","value":{"urn:a:2.0:User":{"x.__proto__.polluted":1}}}',
    ],
    ["remove of toString", '{"op":"remove","path":"constructor.prototype.toString"}'],
  ])("through %s is refused, and no prototype changes", (_, operation) => {
    const body = JSON.parse(`{"Operations":[${operation}]}`);
    expect(refusalOf(() => patchUser(bob, readPatch(body, "User")))?.[0]).toBe(400);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  test("of a path with 5,000 brackets is refused", () => {
    const operation = remove(`emails[${"(".repeat(5_000)}`);
    expect(refusalOf(() => patched(bob, operation))?.[0]).toBe(400);
  });

  const role = (index: number) => ({ value: `r${index}` });
  const roles = (count: number, from = 0) =>
    Array.from({ length: count }, (_, index) => role(from + index));

  test.each<[string, Operation[], number]>([
    ["of a list of 301 values", [add("roles", roles(301))], 400],
    ["that grows a list one by one", roles(301).map((each) => add("roles", [each])), 400],
    ["that lists 301 values to remove", [remove("emails", roles(301))], 400],
    [
      "that grows a foreign list",
      [add(`${ACME_URN}:x`, roles(300)), add(`${ACME_URN}:x`, roles(9, 300))],
      400,
    ],
    [
      "of more than 256 Ki characters",
      [add("title", "x".repeat(60_000)), ...Array(5).fill(add("nickName", "x".repeat(60_000)))],
      413,
    ],
    [
      "of many names in many values",
      Array(500).fill({
        op: "add",
        value: Object.fromEntries(Array.from({ length: 900 }, (_, index) => [`n${index}`, 1])),
      }),
      413,
    ],
  ])("%s is refused", (_, operations, status) => {
    expect(refusalOf(() => patched(bob, ...operations))?.[0]).toBe(status);
  });

  const shoes = (names: number, prefix: string) =>
    Object.fromEntries(Array.from({ length: names }, (_, at) => [`${prefix}${at}`, 1]));
  const long = { [ACME_URN]: { x: roles(301) } };
  const foreign = (name: string) => `${ACME_URN}:${name}`;

  test.each<[string, Operation[], number]>([
    [
      "that calls a list of an extension members, to have no limit of its size",
      [replace("urn:a:b:members", "x".repeat(60_000).match(/.{1,6}/g))],
      400,
    ],
    [
      "that says more under the name members of an extension than a resource may",
      Array(5).fill(replace("urn:a:b:members", "x".repeat(60_000))),
      413,
    ],
    ["that says members of a person", [add("members", roles(40_000))], 413],
    ["that replaces a foreign list by 301 values", [replace(foreign("y"), roles(301))], 400],
    ["that lists what to remove from a long list", [remove(foreign("x"), [role(1)])], 400],
    [
      "that lists very much to remove, to have all of it compared with all that is there",
      Array(40).fill(remove(foreign("y"), Array(300).fill([1]))),
      413,
    ],
    ["that filters a long list", [remove(foreign('x[value eq "r1"]'))], 400],
    ["that takes a part from each of a long list", [remove(foreign("x.value"))], 400],
    [
      "of more than 5,000 attributes",
      Array(6).fill({ op: "add", value: { "urn:a:b": shoes(900, "n") } }),
      413,
    ],
    [
      "that adds name after name to an extension",
      ["a", "b"].map((each) => ({ op: "add", value: { "urn:a:b": shoes(900, each) } })),
      400,
    ],
    [
      "that adds name after name to an attribute of an extension",
      ["a", "b", "c"].map((each) => add(foreign("y"), shoes(900, each))),
      400,
    ],
  ])("%s is refused", (_, operations, status) => {
    expect(refusalOf(() => patched(having(long), ...operations))?.[0]).toBe(status);
  });

  test("of a long list of an extension may take it away", () => {
    expect(patched(having(long), remove(foreign("x")))).toEqual(having({}));
  });

  test("that grows a person PATCH by PATCH meets a limit", () => {
    const text = "x".repeat(60_000);
    const large = patched(
      bob,
      replace("title", text),
      replace("nickName", text),
      replace("locale", text),
      replace("timezone", text),
    );
    expect(refusalOf(() => patched(large, replace("userType", text)))).toEqual([413, undefined]);
  });
});

const path = fc.oneof(
  fc.constantFrom(
    "userName",
    "active",
    "externalId",
    "name",
    "name.givenName",
    "emails",
    "emails.value",
    "title",
    "roles",
    'emails[type eq "work"]',
    'emails[type eq "work"].value',
    "emails[primary eq true].primary",
    "emails[value pr]",
    'roles[primary eq "True"].value',
    "x509Certificates",
    ENTERPRISE_URN,
    `${ENTERPRISE_URN}:manager`,
    `${ENTERPRISE_URN}:manager.value`,
    ACME_URN,
    `${ACME_URN}:a`,
    `${ACME_URN}:a.b`,
    `${ACME_URN}:a[b eq "c"].d`,
    "urn:acme:x",
    "schemas",
    "__proto__",
    "a.constructor",
  ),
  fc.string(),
);
const leaf = fc.oneof(
  fc.string(),
  fc.boolean(),
  fc.constantFrom("True", "false", null, "work"),
  fc.integer(),
);
const entry = fc.dictionary(
  fc.constantFrom("value", "type", "primary", "display", "givenName", "b"),
  leaf,
);
const value = fc.oneof(
  leaf,
  entry,
  fc.array(fc.oneof(entry, leaf), { maxLength: 3 }),
  fc.jsonValue(),
);
const operation = fc.oneof(
  fc.record({ op: fc.constantFrom("add", "Replace", "remove"), path, value }),
  fc.record({
    op: fc.constantFrom("add", "replace"),
    value: fc.dictionary(path, value, { maxKeys: 3 }),
  }),
);

describe("any PATCH of a User", () => {
  test("takes values whose own names are those of every object (500 for a client's JSON)", () => {
    const a = `${ACME_URN}:a`;
    const value = { [`${a}[b eq "c"].d`]: { toString: "", valueOf: "" }, [a]: "" };
    const { attributes } = patched(bob, { op: "add", value });
    expect(JSON.stringify(attributes)).toContain('"toString":""');
  });

  test("is refused as SCIM has it, or leaves a User that reads the same again and has one primary value", () => {
    void fc.assert(
      fc.property(fc.array(operation, { minLength: 1, maxLength: 4 }), (operations) => {
        let after: UserInput;
        try {
          after = patched(bob, ...operations);
        } catch (error) {
          expect(isScimError(error), String(error)).toBe(true);
          return;
        }
        const { attributes, ...own } = after;
        expect(readUserInput({ ...attributes, ...own })).toEqual(after);
        expect(Object.keys(Object.prototype)).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });
});
