import { describe, expect, it } from "vitest";
import { isCurrent, requireMatch } from "./preconditions";

const accepted = (ifMatch: string | null): boolean => {
  try {
    requireMatch(ifMatch, 3);
    return true;
  } catch {
    return false;
  }
};

describe("preconditions", () => {
  it.each([
    [null, true],
    ["*", true],
    ['W/"3"', true],
    ['w/"3"', true],
    ['"3"', true],
    ['W/"1", W/"3"', true],
    ["3", true],
    ['W/"2"', false],
    ['"33"', false],
    ["", false],
  ])("If-Match %j of version 3: %s", (header, expected) => {
    expect(accepted(header)).toBe(expected);
  });

  it("says 304 to who has the version already, and not without being asked", () => {
    expect([isCurrent('W/"3"', 3), isCurrent('W/"2"', 3), isCurrent(null, 3)]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
