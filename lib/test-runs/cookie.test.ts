import { describe, expect, it } from "vitest";
import { bindingCookie, readBindingCookie } from "./cookie";

const RUN = "0f9a2c1e-4b5d-4e6f-8a7b-1c2d3e4f5a6b";
const OTHER = "11111111-2222-4333-8444-555555555555";
const PLAIN = "http://localhost:3000/cdn-cgi/access/callback";
const TLS = "https://acme.example.com/cdn-cgi/access/callback";

describe("the cookie that binds a run to a browser", () => {
  it("goes to the callback alone, is hidden from scripts, and survives the provider's redirect", () => {
    expect(bindingCookie(RUN, "token", PLAIN)).toBe(
      "gatehouse_test_0f9a2c1e4b5d4e6f8a7b1c2d3e4f5a6b=token; Path=/cdn-cgi/access/callback; Max-Age=900; HttpOnly; SameSite=Lax",
    );
  });

  it("is secure on https, under a name that plain http cannot set", () => {
    const cookie = bindingCookie(RUN, "token", TLS);
    expect(cookie).toMatch(/^__Secure-gatehouse_test_/);
    expect(cookie).toMatch(/; Secure$/);
  });

  const name = "gatehouse_test_0f9a2c1e4b5d4e6f8a7b1c2d3e4f5a6b";
  it.each([
    [`${name}=token`, PLAIN, "token"],
    [`a=b; ${name}=token; c=d`, PLAIN, "token"],
    [`${name}=to=ken`, PLAIN, "to=ken"],
    [`__Secure-${name}=token`, TLS, "token"],
    [`${name}=planted`, TLS, undefined],
    [`${name}=token; ${name}=planted`, PLAIN, undefined],
    [`${name}`, PLAIN, undefined],
    ["", PLAIN, undefined],
    [null, PLAIN, undefined],
  ])("read from %j", (header, callbackUrl, expected) => {
    expect(readBindingCookie(header, RUN, callbackUrl)).toBe(expected);
  });

  it("of another run is not this run's", () => {
    const header = bindingCookie(OTHER, "token", PLAIN);
    expect(readBindingCookie(header, RUN, PLAIN)).toBeUndefined();
  });
});
