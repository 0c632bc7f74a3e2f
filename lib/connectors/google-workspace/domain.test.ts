import { describe, expect, it } from "vitest";
import { domainIn, domainProblem } from "./domain";

describe("the domain of a Google Workspace", () => {
  it.each(["acme.com", " ACME.com ", "@acme.com", "ada@acme.com", "https://acme.com/"])(
    "is found in %j",
    (typed) => expect(domainIn(typed)).toBe("acme.com"),
  );

  it.each([
    "",
    "acme",
    "acme.com evil.com",
    "*.acme.com",
    "acme.com,evil.com",
    "a@b@acme.com",
    null,
    7,
  ])("is not found in %j", (typed) => expect(domainIn(typed)).toBeNull());

  it("is never that of private accounts", () => {
    expect(domainProblem("ada@gmail.com")).toContain("private accounts");
    expect(domainProblem("googlemail.com")).toContain("private accounts");
    expect(domainProblem("acme.com")).toBeNull();
  });
});
