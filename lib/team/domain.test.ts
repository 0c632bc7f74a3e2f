import { describe, expect, it } from "vitest";
import { callbackUrlFor, dependsOnTeamName, teamDomainFor } from "./domain";

describe("the team domain", () => {
  it.each([
    ["https://console.example.com", "console.example.com", "https://console.example.com"],
    ["https://console.example.com", "auth.example.com", "https://auth.example.com"],
    ["https://console.example.com", "{team}.example.com", "https://acme.example.com"],
    ["https://console.example.com", "auth.example.com:443", "https://auth.example.com"],
    [
      "https://console.example.com:8443",
      "{team}.example.com:8443",
      "https://acme.example.com:8443",
    ],
    ["http://localhost:3000", "localhost:3000", "http://localhost:3000"],
  ])("of %s with AUTH_DOMAIN %s is %s", (consoleUrl, authDomain, expected) => {
    expect(teamDomainFor(consoleUrl, authDomain, "acme")).toBe(expected);
  });

  it("gives a callback URL with no slash at the end", () => {
    expect(callbackUrlFor("https://acme.example.com")).toBe(
      "https://acme.example.com/cdn-cgi/access/callback",
    );
  });

  it("follows the team name only where AUTH_DOMAIN says so", () => {
    expect(dependsOnTeamName("{team}.example.com")).toBe(true);
    expect(dependsOnTeamName("auth.example.com")).toBe(false);
  });
});
