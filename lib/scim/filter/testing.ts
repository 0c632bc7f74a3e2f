import fc from "fast-check";
import { ENTERPRISE_URN, GROUP_URN, type ResourceType, USER_URN } from "../schema";

/** Resources and filters from one small pool of values, so that they meet, and of any shape. */
export const BADGE_URN = "urn:example:2.0:Badge";

const TEXTS = [
  ...[
    "",
    "a",
    "A",
    "ab",
    "AB",
    "b",
    "a%",
    "%",
    "_",
    "\\",
    'a"b',
    "x y",
    "é",
    "É",
    "ÉA",
    "😀",
    "ａ",
  ],
  ...["True", "false", "work", "home", "2026-01-01T00:00:00Z", "5", "null"],
];
export const INSTANTS = [
  "2026-01-01T00:00:00.000Z",
  "2026-01-01T00:00:00.001Z",
  "2026-06-30T22:00:00.000Z",
];
const NUMBERS = [0, 1, 5, -2.5, 0.1, 1e21];

const text = fc.constantFrom(...TEXTS);
const odd = fc.oneof(
  { weight: 4, arbitrary: text },
  fc.constantFrom<unknown>(...NUMBERS, true, false, null, [], {}, [""], [[]], { a: [{ b: null }] }),
  fc.constantFrom<unknown>(
    ["a", "b"],
    { value: "a" },
    [{ value: "A", primary: true }],
    ["True", 5],
  ),
);
const some = (shape: Record<string, fc.Arbitrary<unknown>>) =>
  fc.record(shape, { requiredKeys: [], noNullPrototype: true });
const plural = (value: fc.Arbitrary<unknown>) =>
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.array(some({ value, type: odd, primary: odd, display: odd }), { maxLength: 3 }),
    },
    odd,
  );
/** What the store keeps in its column has to be a list; its entries may be anything. */
const emails = fc.array(
  fc.oneof({ weight: 4, arbitrary: some({ value: odd, type: odd, primary: odd }) }, odd),
  { maxLength: 3 },
);

const userAttributes = some({
  displayName: fc.option(text),
  title: odd,
  name: fc.oneof({ weight: 4, arbitrary: some({ familyName: odd, givenName: odd }) }, odd),
  emails,
  phoneNumbers: plural(odd),
  roles: plural(odd),
  addresses: plural(odd),
  [ENTERPRISE_URN]: fc.oneof(
    {
      weight: 4,
      arbitrary: some({ department: odd, manager: some({ value: odd, displayName: odd }) }),
    },
    odd,
  ),
  [BADGE_URN]: fc.oneof(
    {
      weight: 4,
      arbitrary: some({
        colour: odd,
        COLOUR: odd,
        tags: fc.array(odd, { maxLength: 3 }),
        sizes: plural(odd),
      }),
    },
    odd,
  ),
  [BADGE_URN.toUpperCase()]: some({ Colour: odd }),
});
const groupAttributes = some({
  [BADGE_URN]: some({ colour: odd, tags: fc.array(odd, { maxLength: 2 }) }),
});

const row = {
  externalId: fc.option(text),
  created: fc.nat(2),
  modified: fc.nat(2),
  version: fc.nat(3),
};
export const userRow = fc.record({
  ...row,
  name: text,
  active: fc.boolean(),
  attributes: userAttributes,
});
export const groupRow = fc.record({ ...row, name: text, attributes: groupAttributes });

const PATHS: Record<ResourceType, string[]> = {
  User: [
    ...["userName", "externalId", "id", "active", "schemas", "displayName", "TITLE", "name"],
    ...[
      "name.familyName",
      "name.givenname",
      "emails",
      "emails.value",
      "emails.type",
      "emails.primary",
    ],
    ...["phoneNumbers", "phoneNumbers.value", "roles.primary", "addresses.type", "meta", "nope"],
    ...[
      "meta.created",
      "meta.lastModified",
      "meta.version",
      "meta.resourceType",
      "groups",
      "name.nope",
    ],
    ...["groups.value", "groups.display", "groups.type", `${USER_URN}:userName`, ENTERPRISE_URN],
    ...[
      `${ENTERPRISE_URN}:department`,
      `${ENTERPRISE_URN}:manager.value`,
      `${ENTERPRISE_URN}:manager`,
    ],
    ...[
      `${BADGE_URN}:colour`,
      `${BADGE_URN}:Tags`,
      `${BADGE_URN}:sizes.value`,
      `${GROUP_URN}:members`,
    ],
  ],
  Group: [
    ...["displayName", "externalId", "id", "schemas", "members", "members.value", "members.type"],
    ...["members.display", "meta.created", "meta.resourceType", `${BADGE_URN}:colour`, "userName"],
  ],
};
const LISTS: Record<ResourceType, string[]> = {
  User: [
    ...[
      "emails",
      "phoneNumbers",
      "roles",
      "addresses",
      "groups",
      "name",
      "meta",
      "schemas",
      "nope",
    ],
    ...[`${ENTERPRISE_URN}:manager`, `${BADGE_URN}:sizes`, `${BADGE_URN}:tags`],
  ],
  Group: ["members", "meta", `${BADGE_URN}:tags`],
};
const PARTS = ["value", "Type", "primary", "display", "familyName", "created", "nope"];

/** Texts of filters that can be read; some compare what cannot be compared. */
export function filterTexts(type: ResourceType, ids: string[]): fc.Arbitrary<string> {
  const string = fc.constantFrom(
    ...TEXTS,
    ...INSTANTS,
    ...ids.slice(0, 4),
    USER_URN,
    BADGE_URN,
    'W/"1"',
  );
  const literal = fc.oneof(
    { weight: 8, arbitrary: string.map((each) => JSON.stringify(each)) },
    fc.constantFrom("true", "false", "null", "5", "0.1", "-2.5", "1e21"),
  );
  const operator = fc.constantFrom("eq", "eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le");
  const term = (paths: string[]) =>
    fc.oneof(
      {
        weight: 5,
        arbitrary: fc
          .tuple(fc.constantFrom(...paths), operator, literal)
          .map((all) => all.join(" ")),
      },
      fc.constantFrom(...paths).map((path) => `${path} pr`),
    );
  const nest = (leaf: fc.Arbitrary<string>) =>
    fc.letrec<{ tree: string }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 2, depthIdentifier: "filter" },
        { weight: 3, arbitrary: leaf },
        fc
          .tuple(tie("tree"), fc.constantFrom("and", "or"), tie("tree"))
          .map(([a, op, b]) => `(${a}) ${op} (${b})`),
        tie("tree").map((each) => `not (${each})`),
      ),
    })).tree;
  const inList = fc
    .tuple(fc.constantFrom(...LISTS[type]), nest(term(PARTS)))
    .map(([list, inner]) => `${list}[${inner}]`);
  return nest(fc.oneof({ weight: 2, arbitrary: term(PATHS[type]) }, inList));
}
