import { describe, expect, it } from "vitest";
import { COMMON_PASSWORDS } from "./common-passwords";
import { passwordIssue } from "./password-rules";

const EMAIL = "grace.hopper@example.com";

describe("a new password", () => {
  it.each([
    ["nano wire second foot"],
    ["correct horse plain battery"],
    ["ÄÖÜ-straße-im-Wald"],
    ["🦊🦊🦉 fox fox owl owl"],
    ["x9!kQ2#vL7@pR4$w"],
  ])("may be %s", (password) => {
    expect(passwordIssue(password, EMAIL)).toBeNull();
  });

  it.each([
    ["too short", "fourteen chars", /at least 15/],
    ["short in characters, long in bytes", "🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊", /at least 15/],
    ["longer than anybody types", "a b".repeat(100), /at most 256/],
    ["a common one", "passwordpassword", /first passwords/],
    ["a common one in disguise", "Password-Password!", /first passwords/],
    ["a famous phrase", "correct horse battery staple", /first passwords/],
    ["one character over and over", "aaaaaaaaaaaaaaaa", /first passwords/],
    ["a short pattern over and over", "abc1abc1abc1abc1", /first passwords/],
    ["the alphabet", "abcdefghijklmnopqr", /first passwords/],
    ["the name in the email", "Grace.Hopper rules 1", /name in your email/],
  ])("may not be %s", (_what, password, issue) => {
    expect(passwordIssue(password, EMAIL)).toMatch(issue);
  });

  it("may hold a name so short that every text holds it", () => {
    expect(passwordIssue("the cat sat on a mat", "cat@example.com")).toBeNull();
  });
});

it("keeps the common passwords as they are compared", () => {
  const odd = [...COMMON_PASSWORDS].filter((text) => text.length < 13 || !/^[a-z0-9]+$/.test(text));
  expect(odd).toEqual([]);
});
