import { describe, expect, test } from "vitest";
import { type IntentFacts, intentOf } from "./intent";
import { ENTERPRISE_URN, type GroupInput, type MemberStep, type UserInput } from "./schema";

const bob: UserInput = {
  userName: "bob@example.com",
  externalId: null,
  active: true,
  attributes: {},
};
const away: UserInput = { ...bob, active: false };
const engineering: GroupInput = { displayName: "Engineering", externalId: null, attributes: {} };
const okta = { name: "Okta" };
const people = (count: number, type: "User" | "Group" | null = null) =>
  Array.from({ length: count }, (_, index) => ({ value: `u${index}`, type }));

const user = (
  method: IntentFacts["method"],
  before: UserInput | null,
  after: UserInput | null,
): IntentFacts => ({ type: "User", method, client: okta, before, after });
const group = (
  method: IntentFacts["method"],
  before: GroupInput | null,
  after: GroupInput | null,
  ...steps: MemberStep[]
): IntentFacts => ({ type: "Group", method, client: okta, before, after, steps });

describe("the log says", () => {
  test.each<[string, IntentFacts]>([
    ["Okta created bob@example.com", user("POST", null, bob)],
    ["Okta created bob@example.com, not active", user("POST", null, away)],
    ["Okta deactivated bob@example.com", user("PATCH", bob, away)],
    ["Okta reactivated bob@example.com", user("PUT", away, bob)],
    ["Okta deleted bob@example.com", user("DELETE", bob, null)],
    [
      "Okta renamed bob@example.com to rob@example.com",
      user("PATCH", bob, { ...bob, userName: "rob@example.com" }),
    ],
    [
      "Okta changed title of bob@example.com",
      user("PATCH", bob, { ...bob, attributes: { title: "A" } }),
    ],
    [
      "Okta changed externalId and department of bob@example.com",
      user("PUT", bob, {
        ...bob,
        externalId: "1",
        attributes: { [ENTERPRISE_URN]: { department: "A" } },
      }),
    ],
    [
      "Okta changed title, nickName, locale and 2 more of bob@example.com",
      user("PUT", bob, {
        ...bob,
        attributes: { title: "A", nickName: "B", locale: "de", timezone: "x", userType: "y" },
      }),
    ],
    [
      "Okta deactivated bob@example.com and changed title of bob@example.com",
      user("PATCH", bob, { ...away, attributes: { title: "A" } }),
    ],
    ["Okta sent bob@example.com again, with nothing new", user("PUT", bob, bob)],
    [
      "Okta deactivated bob (bob@example.com)",
      user(
        "PATCH",
        { ...bob, userName: "bob", attributes: { emails: [{ value: "bob@example.com" }] } },
        { ...away, userName: "bob", attributes: { emails: [{ value: "bob@example.com" }] } },
      ),
    ],
    ["Okta changed nothing of bob@example.com", user("PATCH", bob, bob)],
    ["Okta created the group Engineering", group("POST", null, engineering)],
    [
      "Okta created the group Engineering with 3 people",
      group("POST", null, engineering, { op: "replace", members: people(3) }),
    ],
    [
      "Okta added 3 people to Engineering",
      group("PATCH", engineering, engineering, { op: "add", members: people(3) }),
    ],
    [
      "Okta added 1 person to Engineering",
      group("PATCH", engineering, engineering, { op: "add", members: people(1) }),
    ],
    [
      "Okta added 2 members to Engineering",
      group("PATCH", engineering, engineering, { op: "add", members: people(2, "Group") }),
    ],
    [
      "Okta removed 1 person from Engineering",
      group("PATCH", engineering, engineering, { op: "remove", members: people(1) }),
    ],
    [
      "Okta removed everybody from Engineering",
      group("PATCH", engineering, engineering, { op: "clear" }),
    ],
    [
      "Okta set the members of Engineering to 12,000 people",
      group("PUT", engineering, engineering, { op: "replace", members: people(12_000) }),
    ],
    [
      "Okta removed 1 person from Engineering and added 2 people to Engineering",
      group(
        "PATCH",
        engineering,
        engineering,
        { op: "remove", members: people(1) },
        { op: "add", members: people(2) },
      ),
    ],
    [
      "Okta renamed the group Engineering to Builders",
      group("PATCH", engineering, { ...engineering, displayName: "Builders" }),
    ],
    [
      "Okta changed externalId of the group Engineering",
      group("PATCH", engineering, { ...engineering, externalId: "g" }),
    ],
    [
      "Okta sent the group Engineering again, with nothing new",
      group("PUT", engineering, engineering),
    ],
    ["Okta deleted the group Engineering", group("DELETE", engineering, null)],
  ])("%s", (intent, facts) => {
    expect(intentOf(facts)).toBe(intent);
  });

  test("the provider, when nobody knows which it is", () => {
    expect(intentOf({ ...user("PATCH", bob, away), client: null })).toBe(
      "The provider deactivated bob@example.com",
    );
  });
});
