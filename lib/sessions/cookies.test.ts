import { describe, expect, it } from "vitest";
import { clearCookie, readCookies, readOneCookie, serializeCookie, withoutCookie } from "./cookies";
import { COOKIES } from "./schema";

const NAME = COOKIES.authorization;

describe("cookies that are set", () => {
  it("carry every attribute over https, and no Domain", () => {
    expect(serializeCookie(NAME, "a.b-c_d", 3600, { https: true, sameSite: "none" })).toBe(
      "CF_Authorization=a.b-c_d; Path=/; Max-Age=3600; HttpOnly; Secure; SameSite=None",
    );
  });

  it("are Lax over http, where browsers refuse None", () => {
    const attributes = { https: false, sameSite: "none" } as const;
    expect(serializeCookie(NAME, "x", 60, attributes)).toBe(
      "CF_Authorization=x; Path=/; Max-Age=60; HttpOnly; SameSite=Lax",
    );
    expect(serializeCookie(NAME, "x", 60, { ...attributes, sameSite: "strict" })).toMatch(
      /SameSite=Strict$/,
    );
  });

  it("follow the application's settings", () => {
    const attributes = {
      https: true,
      sameSite: "strict",
      httpOnly: false,
      path: "/admin",
    } as const;
    expect(serializeCookie(NAME, "x", 1.9, attributes)).toBe(
      "CF_Authorization=x; Path=/admin; Max-Age=1; Secure; SameSite=Strict",
    );
  });

  it("are removed at the same path", () => {
    expect(clearCookie(NAME, { https: true, sameSite: "lax", path: "/a" })).toBe(
      "CF_Authorization=; Path=/a; Max-Age=0; HttpOnly; Secure; SameSite=Lax",
    );
  });

  it.each(["a;b", "a b", "a\r\nSet-Cookie: x=y", 'a"b', "a,b", "ä"])(
    "header injection: never hold %j",
    (value) => {
      const attributes = { https: true, sameSite: "lax" } as const;
      expect(() => serializeCookie(NAME, value, 1, attributes)).toThrow("cannot hold");
      expect(() => serializeCookie(NAME, "x", 1, { ...attributes, path: value })).toThrow();
    },
  );

  it("header injection: never have a path with a semicolon", () => {
    const attributes = { https: true, sameSite: "lax", path: "/a; Domain=example.com" } as const;
    expect(() => serializeCookie(NAME, "x", 1, attributes)).toThrow("cannot hold");
  });
});

describe("cookies that come", () => {
  it("are all told, in their order", () => {
    const header = "a=1; CF_Authorization=one; b=2;CF_Authorization=two";
    expect(readCookies(header, NAME)).toEqual(["one", "two"]);
  });

  it.each([
    [null, []],
    ["", []],
    ["CF_Authorization", []],
    ["CF_Authorization=", [""]],
    ["cf_authorization=x", []],
    ["XCF_Authorization=x; CF_AuthorizationX=y", []],
    ["=CF_Authorization; CF_Authorization = x ", ["x"]],
    ["CF_Authorization=a=b==", ["a=b=="]],
    ['CF_Authorization="x"', ['"x"']],
  ])("%j", (header, values) => {
    expect(readCookies(header, NAME)).toEqual(values);
  });

  it("session fixation: two cookies of one name are as good as none", () => {
    expect(readOneCookie("CF_Session=mine; CF_Session=planted", "CF_Session")).toBeNull();
    expect(readOneCookie("CF_Session=mine", "CF_Session")).toBe("mine");
    expect(readOneCookie("", "CF_Session")).toBeNull();
  });
});

describe("cookies that are passed on", () => {
  it.each([
    ["CF_Binding=x; a=1; b=2", "a=1; b=2"],
    ["a=1; CF_Binding=x; b=2", "a=1; b=2"],
    ["a=1; b=2; CF_Binding=x", "a=1; b=2"],
    ["a=1;CF_Binding=x;b=2", "a=1;b=2"],
    ["CF_Binding=x; CF_Binding=y; a=1", "a=1"],
    ["CF_Binding=x", ""],
    ["CF_Binding =x; CF_Binding", ""],
    [
      "MyCF_Binding=x; y=CF_Binding=z; cf_binding=1",
      "MyCF_Binding=x; y=CF_Binding=z; cf_binding=1",
    ],
    ['a="x; CF_Binding=y"', 'a="x'],
    ["a=1", "a=1"],
    ["", ""],
    [undefined, ""],
  ])("%j are %j without one name", (header, rest) => {
    expect(withoutCookie(header, COOKIES.binding)).toBe(rest);
    expect(readCookies(rest, COOKIES.binding)).toEqual([]);
  });
});
