import { expect, it } from "vitest";
import type { Effect } from "../schema";
import type { ScimLogEntry } from "./schema";
import { effectWords, requestWords } from "./words";

const bob = { userId: "1", email: "bob@example.com", count: 1 };
const many = { userId: null, email: null, count: 1_200 };

it.each<[Effect, string]>([
  [{ kind: "registered", ...bob }, "Added bob@example.com to My Team > Users, without a seat."],
  [{ kind: "linked", ...bob }, "Recognised bob@example.com, who had signed in before."],
  [{ kind: "sessions_ended", ...bob }, "Ended 1 session of bob@example.com."],
  [
    { kind: "sessions_ended", ...bob, count: 2, applications: ["Wiki", "Git"] },
    "Ended 2 sessions of bob@example.com, which were open at Wiki and Git.",
  ],
  [{ kind: "sessions_ended", ...many }, "Ended 1,200 sessions."],
  [
    { kind: "identity_updated", ...many },
    "Updated the identity of 1,200 people in the user registry.",
  ],
  [{ kind: "seat_freed", ...bob }, "Freed the seat of bob@example.com."],
])("says %j as %j", (effect, words) => {
  expect(effectWords(effect)).toBe(words);
});

const failed = {
  ...{ intent: null, method: "POST", path: "/Groups", status: 409 },
  ...{ resourceType: "GROUP", userEmail: null, groupName: "Staff" },
} as ScimLogEntry;

it.each<[Partial<ScimLogEntry>, string]>([
  [{}, "Failed to create the group Staff"],
  [{ method: "PATCH", groupName: null }, "Failed to change a group"],
  [{ resourceType: "USER", userEmail: "bob", method: "PUT" }, "Failed to replace the user bob"],
  [{ resourceType: null, path: "/Bulk" }, "POST /Bulk"],
  [{ intent: "Okta added bob to Staff" }, "Okta added bob to Staff"],
])("names the request %j: %s", (entry, words) => {
  expect(requestWords({ ...failed, ...entry })).toBe(words);
});
