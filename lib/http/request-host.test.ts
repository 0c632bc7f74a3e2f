import { describe, expect, it } from "vitest";
import { isHostOf, requestHost, requestScheme } from "./request-host";

const request = (url: string, headers: Record<string, string> = {}) =>
  new Request(url, { headers });

describe("the host that a request came for", () => {
  it("is what a trusted proxy said, else its own", () => {
    expect(requestHost(request("http://Team.Example.com:8080/x"))).toBe("team.example.com:8080");
    expect(
      requestHost(request("http://inside:3000/", { "x-forwarded-host": "Team.example.com" })),
    ).toBe("team.example.com");
    expect(requestHost(request("http://[::1]:3000/"))).toBe("[::1]:3000");
  });

  it.each(["a/b", "user@team.example.com", "a b", "", "team.example.com:x", "a,b", "%00"])(
    "is none when it cannot be one: %j",
    (host) => {
      expect(requestHost(request("http://a/", { "x-forwarded-host": host }))).toBe("");
    },
  );

  it("is compared with its port, where that is not the scheme's own", () => {
    expect(isHostOf("team.example.com", "https://team.example.com")).toBe(true);
    expect(isHostOf("team.example.com:443", "https://team.example.com")).toBe(true);
    expect(isHostOf("team.example.com:80", "https://team.example.com")).toBe(false);
    expect(isHostOf("team.example.com:8443", "https://team.example.com")).toBe(false);
    expect(isHostOf("team.example.com.evil.example", "https://team.example.com")).toBe(false);
    expect(isHostOf("", "https://team.example.com")).toBe(false);
    expect(isHostOf("localhost:3000", "http://localhost:3000")).toBe(true);
  });

  it("comes with a scheme that the proxy knows", () => {
    expect(requestScheme(request("http://a/", { "x-forwarded-proto": "https" }))).toBe("https");
    expect(requestScheme(request("https://a/"))).toBe("https");
    expect(requestScheme(request("http://a/"))).toBe("http");
    expect(requestScheme(request("http://a/", { "x-forwarded-proto": "gopher" }))).toBe("http");
  });
});
