import { describe, expect, it } from "vitest";
import { ENTERPRISE_URN, USER_URN } from "../schema";
import { matches } from "./matches";
import { parseFilter } from "./parse";

const BADGE = "urn:example:2.0:Badge";
const ada = {
  schemas: [USER_URN, ENTERPRISE_URN, BADGE],
  id: "aB1",
  externalId: "X7",
  userName: "Ada@Example.com",
  active: true,
  title: "",
  name: { familyName: "Lovelace", givenName: "Ada" },
  emails: [
    { value: "ada@example.com", type: "work", primary: true },
    { value: "ada@home.example", type: "home" },
  ],
  roles: [{ value: "admin", primary: "True" }],
  addresses: [],
  [ENTERPRISE_URN]: { department: "Engines", manager: { value: "7" } },
  [BADGE]: { Colour: "Red", level: 5, lost: false, tags: ["a", "b"] },
  meta: { created: "2026-01-31T12:00:00.000Z", resourceType: "User" },
};

describe("matches", () => {
  it.each<[string, boolean]>([
    // Case, by attribute
    ['userName eq "ada@EXAMPLE.com"', true],
    ['USERNAME eq "ada@example.com"', true],
    ['id eq "ab1"', false],
    ['id eq "aB1"', true],
    ['externalId eq "x7"', false],
    [`schemas eq "${USER_URN.toUpperCase()}"`, true],
    // Operators
    ['userName ne "ada@example.com"', false],
    ['userName co "EXAMPLE"', true],
    ['userName sw "ada@"', true],
    ['userName ew ".COM"', true],
    ['userName co "%"', false],
    ['name.familyName gt "lovek"', true],
    ['name.familyName ge "LOVELACE"', true],
    ['name.familyName lt "lovelace"', false],
    ['name.familyName le "lovelace"', true],
    // Several values: one is enough
    ['emails.type eq "home"', true],
    ['emails eq "ada@HOME.example"', true],
    ['emails co "example.com"', true],
    ['emails.type ne "work"', true],
    ['not (emails.type eq "work")', false],
    ['emails[type eq "work" and value co "@example.com"]', true],
    ['emails[type eq "home" and value co "@example.com"]', false],
    ['emails[type eq "work"].value eq "ada@example.com"', true],
    ['emails[type eq "work"].value eq "ada@home.example"', false],
    ['emails[not (type eq "work")]', true],
    // Presence, null and unassigned
    ["title pr", false],
    ["nickName pr", false],
    ["name pr", true],
    ["addresses pr", false],
    ["emails.primary pr", true],
    ["nickName eq null", true],
    ["name ne null", true],
    ["emails eq null", false],
    ['nickName ne "x"', true],
    ['nickName eq "x"', false],
    ['name[not (givenName eq "Bob")]', true],
    // Booleans
    ["active eq true", true],
    ['active eq "True"', true],
    ["active ne false", true],
    ['roles[primary eq "True"]', true],
    ['roles[primary eq true].value eq "ADMIN"', true],
    // Instants
    ['meta.created eq "2026-01-31T13:00:00+01:00"', true],
    ['meta.created gt "2026-01-31T11:59:59Z"', true],
    ['meta.created lt "2026-01-31"', false],
    ['meta.created le "2026-01-31T12:00:00.0000000Z"', true],
    ['meta.created ge "2026-01-31T12:00:00"', true],
    // Extensions
    [`${ENTERPRISE_URN}:Department eq "engines"`, true],
    [`${ENTERPRISE_URN}:manager eq "7"`, true],
    [`${ENTERPRISE_URN}:manager.value eq "7"`, true],
    [`${ENTERPRISE_URN} pr`, true],
    [`${USER_URN}:userName sw "ada"`, true],
    [`${BADGE}:colour eq "red"`, true],
    [`${BADGE.toUpperCase()}:COLOUR eq "red"`, true],
    [`${BADGE}:level gt 4.5`, true],
    [`${BADGE}:level eq "5"`, false],
    [`${BADGE}:lost eq false`, true],
    [`${BADGE}:tags eq "b"`, true],
    // Nobody knows them: nothing matches
    ['department eq "Engines"', false],
    ["nope pr", false],
    ['nope ne "x"', false],
    ["emails[nope pr]", false],
    ['name.nope ne "x"', false],
    ["constructor pr", false],
    [`${BADGE}:constructor pr`, false],
    ["not (nope pr)", true],
    // Together
    ['active eq true and (title pr or userName sw "ada")', true],
    ['title pr or active eq true and userName sw "bob"', false],
  ])("%s is %s", (filter, expected) => {
    expect(matches(parseFilter(filter), ada, "User")).toBe(expected);
  });

  it.each([
    ["active gt true", "active is true or false: compare it with eq or ne."],
    ['active eq "maybe"', "active is true or false: write it without quotes."],
    ["userName eq 5", "userName is text: write its value in quotes."],
    ["userName gt null", "userName: null compares with eq and ne only."],
    ['meta.created co "2026"', "meta.created is not text"],
    ['meta.created gt "yesterday"', 'write it like "2026-01-31T12:00:00Z"'],
    ['meta.created gt "2026-13-45"', "meta.created is a date and time"],
    ['name eq "Ada"', "name has parts: name the one that is meant, such as name.formatted."],
    ['userName[value eq "x"]', "userName has no parts to look for in brackets."],
    ['password eq "x"', "password cannot be searched for."],
    ["password pr", "password cannot be searched for."],
    ["emails[primary gt true]", "primary is true or false"],
  ])("refuses %s", (filter, detail) => {
    expect(() => matches(parseFilter(filter), ada, "User")).toThrow(
      expect.objectContaining({
        status: 400,
        scimType: "invalidFilter",
        detail: expect.stringContaining(detail),
      }),
    );
  });
});
