import { describe, expect, test, vi } from "vitest";
import { ENTERPRISE_URN, GROUP_URN, USER_URN } from "../schema";
import { isScimError } from "../scim-error";
import { readGroupInput } from "./group";
import { readUserInput } from "./user";

const bob = { schemas: [USER_URN], userName: "bob@example.com" };

function refusalOf(run: () => unknown) {
  try {
    run();
  } catch (error) {
    if (isScimError(error)) return [error.status, error.scimType, error.detail] as const;
    throw error;
  }
  return null;
}

const nested = (depth: number): unknown => (depth === 0 ? "x" : { a: nested(depth - 1) });

describe("a User that a provider sends", () => {
  test("is kept under canonical names, whatever the case of what was sent", () => {
    expect(
      readUserInput({
        SCHEMAS: [USER_URN.toUpperCase()],
        USERNAME: "Bob@example.com",
        ExternalID: "00u1",
        Active: "False",
        name: { GIVENNAME: "Bob", familyname: "Ross" },
        EMAILS: [{ VALUE: "bob@example.com", Type: "work", Primary: "True" }],
        [ENTERPRISE_URN.toUpperCase()]: { DEPARTMENT: "Paint", manager: "26118915" },
      }),
    ).toEqual({
      userName: "Bob@example.com",
      externalId: "00u1",
      active: false,
      attributes: {
        name: { givenName: "Bob", familyName: "Ross" },
        emails: [{ value: "bob@example.com", type: "work", primary: true }],
        [ENTERPRISE_URN]: { department: "Paint", manager: { value: "26118915" } },
      },
    });
  });

  test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    [
      "id, meta and groups, which are read-only",
      { id: "1", meta: {}, groups: [{ value: "g" }] },
      {},
    ],
    ["a password", { password: "t1meMa$heen" }, {}],
    ["an unknown attribute of the core schema", { shoeSize: 42, name: { nick: "B" } }, {}],
    ["nulls and empty lists", { title: null, emails: [], name: null }, {}],
    ["an empty externalId", { externalId: "" }, {}],
    ["an empty extension", { [ENTERPRISE_URN]: {} }, {}],
  ])("is kept without %s", (_, sent, attributes) => {
    expect(readUserInput({ ...bob, ...sent })).toEqual({
      userName: "bob@example.com",
      externalId: null,
      active: true,
      attributes,
    });
  });

  test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ["emails as texts", { emails: ["a@b.c"] }, { emails: [{ value: "a@b.c" }] }],
    ["one email without a list", { emails: { value: "a@b.c" } }, { emails: [{ value: "a@b.c" }] }],
    [
      "an extension nobody knows",
      { "urn:acme:2.0:User": { Shoe: { size: [42] } } },
      {
        "urn:acme:2.0:User": { Shoe: { size: [42] } },
      },
    ],
  ])("may bring %s", (_, sent, attributes) => {
    expect(readUserInput({ ...bob, ...sent }).attributes).toEqual(attributes);
  });

  test("may leave schemas out", () => {
    expect(readUserInput({ userName: "bob" }).userName).toBe("bob");
  });

  test.each([
    [true, undefined, true],
    [false, undefined, false],
    [false, true, true],
  ])("who was active: %s stays so in a PUT that says active: %s", (before, sent, after) => {
    const body = { ...bob, ...(sent !== undefined && { active: sent }) };
    expect(readUserInput(body, { active: before }).active).toBe(after);
  });

  test.each<[string, unknown, string, string]>([
    ["that is no object", [], "invalidSyntax", "JSON object"],
    ["of nothing", null, "invalidSyntax", "JSON object"],
    ["without userName", { schemas: [USER_URN] }, "invalidValue", "userName"],
    ["with an empty userName", { ...bob, userName: " " }, "invalidValue", "userName"],
    ["with a userName of another type", { ...bob, userName: 7 }, "invalidValue", "userName"],
    [
      "with a userName too long for an index",
      { ...bob, userName: "x".repeat(513) },
      "invalidValue",
      "513|512",
    ],
    [
      "with a numeric externalId (CVE-2025-41115)",
      { ...bob, externalId: 1 },
      "invalidValue",
      "externalId",
    ],
    [
      "with schemas of another resource",
      { ...bob, schemas: [GROUP_URN] },
      "invalidSyntax",
      USER_URN,
    ],
    ["with schemas that are no list", { ...bob, schemas: USER_URN }, "invalidSyntax", "list"],
    ["with no schemas in the list", { ...bob, schemas: [] }, "invalidSyntax", "list"],
    ["that is active perhaps", { ...bob, active: "perhaps" }, "invalidValue", "active"],
    ["that is active: 1", { ...bob, active: 1 }, "invalidValue", "active"],
    ["with emails that are one text", { ...bob, emails: "a@b.c" }, "invalidValue", "emails"],
    [
      "with a number among emails",
      { ...bob, emails: [{ value: 5 }] },
      "invalidValue",
      "emails\\[0\\].value",
    ],
    ["with a name that is a text", { ...bob, name: "Bob" }, "invalidValue", "name"],
    [
      "with two primary emails",
      {
        ...bob,
        emails: [
          { value: "a", primary: true },
          { value: "b", primary: true },
        ],
      },
      "invalidValue",
      "primary",
    ],
    [
      "with two names that differ in case",
      { ...bob, USERNAME: "eve" },
      "invalidSyntax",
      "more than once",
    ],
    [
      "with two enterprise extensions",
      {
        ...bob,
        [ENTERPRISE_URN]: { department: "a" },
        [ENTERPRISE_URN.toUpperCase()]: { department: "b" },
      },
      "invalidSyntax",
      "more than once",
    ],
    [
      "with an email too long for an index",
      { ...bob, emails: [{ value: "x".repeat(513) }] },
      "invalidValue",
      "email",
    ],
    ["with 301 roles", { ...bob, roles: Array(301).fill("r") }, "invalidValue", "300"],
  ])("%s is refused", (_, body, scimType, detail) => {
    const refusal = refusalOf(() => readUserInput(body));
    expect(refusal).toEqual([400, scimType, expect.stringMatching(detail)]);
  });

  test.each<[string, string]>([
    ["__proto__ as a name", '{"userName":"bob","__proto__":{"active":false}}'],
    [
      "__proto__ inside of an extension",
      '{"userName":"bob","urn:a:User":{"b":{"__proto__":{"x":1}}}}',
    ],
    ["constructor", '{"userName":"bob","name":{"constructor":{"prototype":{"x":1}}}}'],
    ["a dotted way to the prototype", '{"userName":"bob","constructor.prototype.x":1}'],
    ["a URN that ends in __proto__", '{"userName":"bob","urn:a:User:__proto__":{"x":1}}'],
    ["NUL in a value", '{"userName":"b\\u0000ob"}'],
    ["NUL in a name", '{"userName":"bob","urn:a:User":{"a\\u0000b":1}}'],
    ["half of a surrogate pair", '{"userName":"bob","title":"\\ud800"}'],
    ["a number beyond all numbers", '{"userName":"bob","urn:a:User":{"n":1e999}}'],
    ["17 levels", JSON.stringify({ userName: "bob", "urn:a:User": nested(16) })],
    ["100,000 levels", `{"userName":"bob","x":${"[".repeat(1e5)}${"]".repeat(1e5)}}`],
    ["a text of 65,537 characters", JSON.stringify({ userName: "bob", title: "x".repeat(65_537) })],
    [
      "an object of 1,001 names",
      JSON.stringify({
        userName: "bob",
        "urn:a:User": Object.fromEntries(Array.from({ length: 1_001 }, (_each, i) => [`n${i}`, i])),
      }),
    ],
  ])("with %s is refused, and no prototype changes", (_, body) => {
    expect(refusalOf(() => readUserInput(JSON.parse(body)))?.[0]).toBe(400);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  test("that takes more than 256 Ki characters in all is refused as too large", () => {
    const roles = Array.from({ length: 5 }, (_, index) => `${index}${"x".repeat(60_000)}`);
    expect(refusalOf(() => readUserInput({ ...bob, roles }))?.[0]).toBe(413);
  });

  const extensions = (count: number) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, at) => [
        `urn:a:b${at}`,
        Object.fromEntries(Array.from({ length: 1_000 }, (_each, index) => [`n${index}`, 1])),
      ]),
    );
  /** What is done for each name begins with its lower case. */
  function workOf(run: () => unknown): number {
    const lowered = vi.spyOn(String.prototype, "toLowerCase");
    try {
      run();
      return lowered.mock.calls.length;
    } finally {
      lowered.mockRestore();
    }
  }

  test("that is 40 extensions of 1,000 names each is refused before its names are read", () => {
    const body = { ...bob, ...extensions(40) };
    const work = workOf(() => expect(refusalOf(() => readUserInput(body))?.[0]).toBe(413));
    expect(work).toBeLessThan(5_000);
  });

  test("that is many names within the limit costs no name a look at all others", () => {
    const work = workOf(() => readUserInput({ ...bob, ...extensions(25) }));
    expect(work).toBeLessThan(25_000 * 20);
  });

  test("that is long by what is not kept is taken", () => {
    const groups = Array.from({ length: 5_000 }, (_, at) => ({ value: `group ${at}`.repeat(8) }));
    expect(readUserInput({ ...bob, groups }).attributes).toEqual({});
  });
});

describe("a Group that a provider sends", () => {
  const ref = (value: string, type: "User" | "Group" | null = null) => ({ value, type });

  test.each<[string, unknown, unknown]>([
    ["objects", [{ value: "a", display: "A" }], [ref("a")]],
    [
      "types",
      [
        { value: "a", type: "user" },
        { value: "b", Type: "Group" },
      ],
      [ref("a", "User"), ref("b", "Group")],
    ],
    [
      "references",
      [
        { value: "a", $ref: "https://x/scim/v2/Users/a" },
        { value: "b", $ref: "../Groups/b" },
      ],
      [ref("a", "User"), ref("b", "Group")],
    ],
    ["texts", ["a", "b"], [ref("a"), ref("b")]],
    ["one without a list", { value: "a" }, [ref("a")]],
    ["the same one twice", [{ value: "a" }, { value: "a", type: "User" }], [ref("a", "User")]],
    ["none", [], []],
    ["null", null, []],
  ])("may name members as %s", (_, members, read) => {
    expect(readGroupInput({ displayName: "Engineering", members }).members).toEqual(read);
  });

  test("has null for members when it names none at all, so that they can stay", () => {
    expect(readGroupInput({ schemas: [GROUP_URN], displayName: "E", externalId: "g1" })).toEqual({
      displayName: "E",
      externalId: "g1",
      attributes: {},
      members: null,
    });
  });

  test.each<[string, unknown, string]>([
    ["without displayName", {}, "displayName"],
    ["with an empty displayName", { displayName: "" }, "displayName"],
    ["with a member of no value", { displayName: "E", members: [{ display: "x" }] }, "members"],
    ["with a number as a member", { displayName: "E", members: [7] }, "members"],
    ["with a member that is empty", { displayName: "E", members: [""] }, "members"],
  ])("%s is refused", (_, body, detail) => {
    expect(refusalOf(() => readGroupInput(body))).toEqual([
      400,
      "invalidValue",
      expect.stringMatching(detail),
    ]);
  });
});
