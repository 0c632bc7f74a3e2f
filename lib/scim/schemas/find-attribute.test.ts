import { describe, expect, it } from "vitest";
import { ENTERPRISE_URN, GROUP_URN, USER_URN } from "../schema";
import { readAttributePath } from "./attribute-path";
import { canonicalName, findAttribute } from "./find-attribute";

describe("canonicalName", () => {
  it.each([
    ["username", "userName"],
    ["EMAILS.Value", "emails.value"],
    ["meta.lastmodified", "meta.lastModified"],
    ["externalid", "externalId"],
    [`${USER_URN}:username`, "userName"],
    [`${USER_URN.toUpperCase()}:NAME.familyname`, "name.familyName"],
    [ENTERPRISE_URN.toUpperCase(), ENTERPRISE_URN],
    [`${ENTERPRISE_URN.toLowerCase()}:DEPARTMENT`, `${ENTERPRISE_URN}:department`],
    [`${ENTERPRISE_URN}:manager.VALUE`, `${ENTERPRISE_URN}:manager.value`],
    [`${ENTERPRISE_URN}.department`, `${ENTERPRISE_URN}:department`],
    ["members.$REF", null],
    ["department", null],
    ["name.nope", null],
    ["userName.value", null],
    ["constructor", null],
    ["__proto__", null],
    [`${GROUP_URN}:displayName`, null],
    ["urn:example:2.0:Badge:colour", null],
    ["", null],
  ])("of a User's %s is %s", (name, expected) => {
    expect(canonicalName("User", name)).toBe(expected);
  });

  it.each([
    ["DISPLAYNAME", "displayName"],
    ["members.$REF", "members.$ref"],
    [`${GROUP_URN}:members`, "members"],
    [`${ENTERPRISE_URN}:department`, null],
    ["userName", null],
  ])("of a Group's %s is %s", (name, expected) => {
    expect(canonicalName("Group", name)).toBe(expected);
  });
});

describe("findAttribute", () => {
  it("knows the rules of an attribute and of its part", () => {
    expect(findAttribute("User", "id")?.attribute).toMatchObject({
      caseExact: true,
      returned: "always",
      mutability: "readOnly",
    });
    expect(findAttribute("User", "emails.primary")).toMatchObject({
      extension: null,
      attribute: { name: "emails", multiValued: true },
      sub: { name: "primary", type: "boolean" },
    });
    expect(findAttribute("User", "password")?.attribute.returned).toBe("never");
  });
});

describe("readAttributePath", () => {
  it.each([
    ["urn:example:2.0:Badge:colour.hue", "urn:example:2.0:Badge", "colour", "hue"],
    [`${ENTERPRISE_URN}`, ENTERPRISE_URN, null, null],
    ["emails.value", null, "emails", "value"],
    ["members.$ref", null, "members", "$ref"],
  ])("takes %s apart", (text, urn, name, sub) => {
    expect(readAttributePath(text)).toEqual({ urn, name, sub, text });
  });

  it.each([
    "",
    "a.b.c",
    ".value",
    "a.",
    "1a",
    "a b",
    "urn:",
    "urn:x",
    "urn:x:\0:a",
    "ü",
    "urn:x:y:",
  ])("refuses %j", (text) => {
    expect(readAttributePath(text)).toBeNull();
  });
});
