import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { GROUP_URN, type GroupInput, type MemberStep } from "../schema";
import { isScimError } from "../scim-error";
import { planGroup } from "./group";
import { readPatch } from "./read";

const engineering: GroupInput = { displayName: "Engineering", externalId: null, attributes: {} };

type Operation = Record<string, unknown>;
const planned = (...operations: Operation[]) =>
  planGroup(engineering, readPatch({ Operations: operations }, "Group"));

const add = (...values: string[]) => ({
  op: "add",
  path: "members",
  value: values.map((value) => ({ value })),
});
const refs = (...values: string[]) => values.map((value) => ({ value, type: null }));

function refusalOf(run: () => unknown) {
  try {
    run();
  } catch (error) {
    if (isScimError(error)) return [error.status, error.scimType];
    throw error;
  }
  return null;
}

describe("a PATCH of the members of a Group", () => {
  test.each<[string, string, Operation | Operation[], MemberStep[]]>([
    ["RFC 7644", "adds members", add("a", "b"), [{ op: "add", members: refs("a", "b") }]],
    [
      "RFC 7644",
      "removes one by a filter",
      { op: "remove", path: 'members[value eq "a"]' },
      [{ op: "remove", members: refs("a") }],
    ],
    ["RFC 7644", "removes all", { op: "remove", path: "members" }, [{ op: "clear" }]],
    [
      "RFC 7644",
      "replaces all",
      { op: "replace", path: "members", value: [{ value: "a" }] },
      [{ op: "replace", members: refs("a") }],
    ],
    [
      "RFC 7644",
      "removes and adds",
      [{ op: "remove", path: "members" }, add("a")],
      [{ op: "clear" }, { op: "add", members: refs("a") }],
    ],
    [
      "RFC 7644",
      "adds without path",
      { op: "add", value: { members: [{ value: "a" }] } },
      [{ op: "add", members: refs("a") }],
    ],
    [
      "RFC 7644",
      "names members by URN",
      { op: "remove", path: `${GROUP_URN}:members[value eq "a"]` },
      [{ op: "remove", members: refs("a") }],
    ],
    [
      "Okta",
      "replaces all without path",
      { op: "replace", value: { id: "1", members: [{ value: "a", display: "A" }] } },
      [{ op: "replace", members: refs("a") }],
    ],
    [
      "Okta",
      "renames with its id along",
      { op: "replace", value: { id: "1", displayName: "E" } },
      [],
    ],
    [
      "Entra",
      "adds one by one",
      [
        { op: "Add", path: "members", value: [{ $ref: null, value: "a" }] },
        { op: "Add", path: "members", value: [{ value: "b" }] },
      ],
      [{ op: "add", members: refs("a", "b") }],
    ],
    [
      "Entra",
      "removes by a list",
      { op: "Remove", path: "members", value: [{ value: "a" }, { value: "b" }] },
      [{ op: "remove", members: refs("a", "b") }],
    ],
    [
      "Entra with aadOptscim062020",
      "removes by a filter",
      { op: "remove", path: 'members[value eq "7f4bc1a3-285e-48ae-8202-5accb43efb0e"]' },
      [{ op: "remove", members: refs("7f4bc1a3-285e-48ae-8202-5accb43efb0e") }],
    ],
    [
      "authentik",
      "leaves the members of a group that it replaces",
      {
        op: "replace",
        value: { schemas: [GROUP_URN], id: "1", externalId: "g1", displayName: "E" },
      },
      [],
    ],
    [
      "authentik",
      "leaves them when it says null",
      { op: "replace", value: { displayName: "E", members: null } },
      [],
    ],
    [
      "authentik",
      "removes one by one",
      [
        { op: "remove", path: "members", value: [{ value: "a" }] },
        { op: "remove", path: "members", value: [{ value: "b" }] },
      ],
      [{ op: "remove", members: refs("a", "b") }],
    ],
    [
      "JumpCloud",
      "says who is what",
      { op: "add", path: "members", value: [{ value: "a", type: "User" }] },
      [{ op: "add", members: [{ value: "a", type: "User" }] }],
    ],
    [
      "OneLogin",
      "names one without a list",
      { op: "add", path: "members", value: { value: "a" } },
      [{ op: "add", members: refs("a") }],
    ],
    [
      "Google",
      "replaces with none",
      { op: "replace", path: "members", value: [] },
      [{ op: "clear" }],
    ],
    [
      "any client",
      "names one as a text",
      { op: "add", path: "members", value: "a" },
      [{ op: "add", members: refs("a") }],
    ],
    [
      "any client",
      "names the same one twice",
      add("a", "b", "a"),
      [{ op: "add", members: refs("a", "b") }],
    ],
    [
      "any client",
      "removes two by one filter",
      { op: "remove", path: 'members[value eq "a" or value eq "b"]' },
      [{ op: "remove", members: refs("a", "b") }],
    ],
    [
      "any client",
      "writes a filter in any case",
      { op: "remove", path: 'MEMBERS[VALUE EQ "a"]' },
      [{ op: "remove", members: refs("a") }],
    ],
    [
      "any client",
      "quotes inside of an id",
      { op: "remove", path: 'members[value eq "a\\"b"]' },
      [{ op: "remove", members: refs('a"b') }],
    ],
    [
      "any client",
      "replaces with null by path",
      { op: "replace", path: "members", value: null },
      [{ op: "clear" }],
    ],
    ["any client", "adds nobody", { op: "add", path: "members", value: [] }, []],
    ["any client", "removes nobody", { op: "remove", path: "members", value: [] }, []],
  ])("%s: %s", (_, __, operations, steps) => {
    expect(planned(...[operations].flat()).steps).toEqual(steps);
  });

  test.each<[string, Operation, string]>([
    [
      "asks for members by name",
      { op: "remove", path: 'members[display eq "Bob"]' },
      "invalidPath",
    ],
    ["asks for all but one", { op: "remove", path: 'members[not (value eq "a")]' }, "invalidPath"],
    [
      "asks for members by two conditions",
      { op: "remove", path: 'members[value eq "a" and display eq "b"]' },
      "invalidPath",
    ],
    [
      "asks for members by a piece of an id",
      { op: "remove", path: 'members[value sw "a"]' },
      "invalidPath",
    ],
    [
      "asks for members by a number",
      { op: "remove", path: "members[value eq 7]" },
      "invalidFilter",
    ],
    [
      "replaces one member by another",
      { op: "replace", path: 'members[value eq "a"]', value: { value: "b" } },
      "mutability",
    ],
    [
      "changes the id of a member",
      { op: "replace", path: 'members[value eq "a"].value', value: "b" },
      "mutability",
    ],
    [
      "changes the name of a member",
      { op: "replace", path: 'members[value eq "a"].display', value: "b" },
      "invalidPath",
    ],
    [
      "adds a member without id",
      { op: "add", path: "members", value: [{ display: "Bob" }] },
      "invalidValue",
    ],
    ["adds a member by a number", { op: "add", path: "members", value: [7] }, "invalidValue"],
    ["removes members by true", { op: "remove", path: "members", value: true }, "invalidValue"],
    ["removes without path", { op: "remove", value: { members: [{ value: "a" }] } }, "noTarget"],
  ])("is refused when it %s", (_, operation, scimType) => {
    expect(refusalOf(() => planned(operation))).toEqual([400, scimType]);
  });
});

describe("a PATCH of the other attributes of a Group", () => {
  test.each<[string, Operation, Partial<GroupInput>]>([
    ["renames by path", { op: "replace", path: "displayName", value: "E" }, { displayName: "E" }],
    [
      "renames as Okta does",
      { op: "replace", value: { id: "1", displayName: "E" } },
      { displayName: "E" },
    ],
    [
      "renames as Entra does",
      { op: "Replace", path: "displayName", value: [{ value: "E" }] },
      { displayName: "E" },
    ],
    ["sets externalId", { op: "Add", path: "externalId", value: "g1" }, { externalId: "g1" }],
    [
      "keeps an extension",
      { op: "add", path: "urn:acme:2.0:Group:floor", value: 3 },
      { attributes: { "urn:acme:2.0:Group": { floor: 3 } } },
    ],
  ])("%s", (_, operation, changed) => {
    expect(planned(operation).input).toEqual({ ...engineering, ...changed });
  });

  test.each<[string, Operation, string]>([
    ["removes displayName", { op: "remove", path: "displayName" }, "mutability"],
    ["empties displayName", { op: "replace", path: "displayName", value: "" }, "invalidValue"],
    ["sets id by path", { op: "replace", path: "id", value: "1" }, "mutability"],
    ["sets what nobody knows", { op: "add", path: "description", value: "x" }, "invalidPath"],
  ])("is refused when it %s", (_, operation, scimType) => {
    expect(refusalOf(() => planned(operation))).toEqual([400, scimType]);
  });
});

const id = fc.constantFrom("a", "b", "c", "d", "e");
const ids = fc.array(id, { maxLength: 4 });
const listed = (values: string[]) => values.map((value) => ({ value }));

/** An operation, and what it does to a set. */
const operation: fc.Arbitrary<[Operation, (members: Set<string>) => void]> = fc.oneof(
  ids.map((values): [Operation, (members: Set<string>) => void] => [
    { op: "add", path: "members", value: listed(values) },
    (members) => {
      for (const each of values) members.add(each);
    },
  ]),
  ids.map((values): [Operation, (members: Set<string>) => void] => [
    { op: "Remove", path: "members", value: listed(values) },
    (members) => {
      for (const each of values) members.delete(each);
    },
  ]),
  fc
    .array(id, { minLength: 1, maxLength: 3 })
    .map((values): [Operation, (members: Set<string>) => void] => [
      { op: "remove", path: `members[${values.map((each) => `value eq "${each}"`).join(" or ")}]` },
      (members) => {
        for (const each of values) members.delete(each);
      },
    ]),
  ids.map((values): [Operation, (members: Set<string>) => void] => [
    { op: "replace", value: { members: listed(values) } },
    (members) => {
      members.clear();
      for (const each of values) members.add(each);
    },
  ]),
  fc.constant<[Operation, (members: Set<string>) => void]>([
    { op: "remove", path: "members" },
    (members) => members.clear(),
  ]),
  fc.constant<[Operation, (members: Set<string>) => void]>([
    { op: "replace", value: { displayName: "E" } },
    () => undefined,
  ]),
);

/** What the store does with the rows of a group, one statement a step. */
function applied(members: Set<string>, steps: MemberStep[]): Set<string> {
  for (const step of steps) {
    if (step.op === "clear" || step.op === "replace") members.clear();
    if (step.op === "clear") continue;
    for (const { value } of step.members) {
      if (step.op === "remove") members.delete(value);
      else members.add(value);
    }
  }
  return members;
}

describe("the steps of a PATCH", () => {
  test("leave the same members as the operations one by one", () => {
    void fc.assert(
      fc.property(
        ids,
        fc.array(operation, { minLength: 1, maxLength: 12 }),
        (start, operations) => {
          const expected = new Set(start);
          for (const [, change] of operations) change(expected);
          const { steps } = planned(...operations.map(([each]) => each));
          expect([...applied(new Set(start), steps)].sort()).toEqual([...expected].sort());
        },
      ),
    );
  });

  test("leave the same members when the request comes twice", () => {
    void fc.assert(
      fc.property(ids, fc.array(operation, { minLength: 1, maxLength: 6 }), (start, operations) => {
        const { steps } = planned(...operations.map(([each]) => each));
        const once = applied(new Set(start), steps);
        expect([...applied(new Set(once), steps)].sort()).toEqual([...once].sort());
      }),
    );
  });

  test("name nobody twice, and never stand beside one of their kind", () => {
    void fc.assert(
      fc.property(fc.array(operation, { minLength: 1, maxLength: 12 }), (operations) => {
        const { steps } = planned(...operations.map(([each]) => each));
        for (const [index, step] of steps.entries()) {
          const members = step.op === "clear" ? [] : step.members.map(({ value }) => value);
          expect(new Set(members).size).toBe(members.length);
          const isRun = step.op === "add" || step.op === "remove";
          expect(isRun && steps[index + 1]?.op === step.op).toBe(false);
        }
      }),
    );
  });

  test("of 100,000 members and of 1,000 operations are few", () => {
    const everybody = Array.from({ length: 100_000 }, (_, index) => `u${index}`);
    expect(planned(add(...everybody)).steps).toEqual([{ op: "add", members: refs(...everybody) }]);
    const single = everybody.slice(0, 1_000).map((each) => add(each));
    expect(planned(...single).steps).toHaveLength(1);
  });

  test.each<[string, string, unknown]>([
    ["under their URN", `${GROUP_URN}:members`, [{ op: "add", members: expect.anything() }]],
    ["of an extension, an attack, are too many", "urn:a:b:members", [413, undefined]],
  ])("of 40,000 values %s", (_, path, answer) => {
    const value = Array.from({ length: 40_000 }, (_each, at) => ({ value: `u${at}` }));
    const run = () => planned({ op: "add", path, value });
    expect(refusalOf(run) ?? run().steps).toEqual(answer);
  });
});
