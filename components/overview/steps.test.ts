import { describe, expect, it } from "vitest";
import type { LastTested } from "@/lib/test-runs/schema";
import { type MethodState, stepsDone } from "./steps";

const method = (name: string, status?: LastTested["status"]): MethodState => ({
  id: name,
  name,
  kind: "oidc",
  enabled: true,
  fingerprint: "f",
  lastTest: status
    ? {
        runId: "r",
        status,
        at: "2026-11-21T10:00:00Z",
        version: 1,
        draft: false,
        fingerprint: "f",
        failedStep: null,
        failedTitle: null,
      }
    : null,
});

describe("stepsDone", () => {
  it.each([
    [
      "nothing at first",
      [],
      1,
      0,
      {
        ...{ added: false, tested: false, allowed: false, protects: false },
        ...{ invited: false, toTest: null },
      },
    ],
    ["an untested method", [method("a")], 1, 0, { added: true, tested: false, toTest: "a" }],
    [
      "the failed method before the untested one",
      [method("a"), method("b", "failed")],
      1,
      0,
      { tested: false, toTest: "b" },
    ],
    [
      "tested, by a pass of any method",
      [method("a", "failed"), method("b", "passed")],
      1,
      0,
      { tested: true, toTest: null },
    ],
    [
      "tested, by a pass with warnings",
      [method("a", "passed_with_warnings")],
      1,
      0,
      { tested: true },
    ],
    ["not tested by a timeout", [method("a", "timed_out")], 1, 0, { tested: false, toTest: "a" }],
    ["invited, by an open invitation", [], 1, 1, { invited: true }],
    ["invited, by a second admin", [], 2, 0, { invited: true }],
  ])("knows %s", (_, methods, admins, invited, expected) => {
    const none = { policies: 0, applications: 0 };
    const { toTest, ...done } = stepsDone({ methods, admins, invited, ...none });
    expect({ ...done, toTest: toTest?.name ?? null }).toMatchObject(expected);
  });

  it("knows a policy, and an application", () => {
    const facts = { methods: [], admins: 1, invited: 0 };
    expect(stepsDone({ ...facts, policies: 1, applications: 0 })).toMatchObject({
      ...{ allowed: true, protects: false },
    });
    expect(stepsDone({ ...facts, policies: 0, applications: 1 })).toMatchObject({
      ...{ allowed: false, protects: true },
    });
  });
});
