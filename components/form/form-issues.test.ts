import { describe, expect, it } from "vitest";
import { browserIssues, serverIssues } from "./form-issues";

const failure = { ok: false, code: "invalid_input", message: "There is a problem." } as const;

describe("browserIssues", () => {
  it("links each issue to its field by its dotted path, in order", () => {
    const issues = browserIssues({
      name: { type: "too_small", message: "Enter a name" },
      config: {
        auth_url: { type: "custom", message: "Start with https://", ref: { name: "x" } },
        claims: [undefined, { type: "custom", message: "Too long" }],
      },
    } as never);
    expect(issues).toEqual([
      { href: "#name", message: "Enter a name" },
      { href: "#config.auth_url", message: "Start with https://" },
      { href: "#config.claims.1", message: "Too long" },
    ]);
  });

  it("links an issue of the whole form to nothing", () => {
    const issues = browserIssues({ root: { server: { type: "server", message: "Not now" } } });
    expect(issues).toEqual([{ message: "Not now" }]);
  });
});

describe("serverIssues", () => {
  it("takes the first message of each field", () => {
    const fields = {
      "config.token_url": ["Wrong", "Also wrong"],
      name: [],
      "root.server": ["Odd"],
    };
    expect(serverIssues({ ...failure, fields })).toEqual([
      { href: "#config.token_url", message: "Wrong" },
      { message: "Odd" },
    ]);
  });

  it("gives the failure and its fix when no field is named", () => {
    expect(serverIssues({ ...failure, message: "Changed by Ada.", fix: "Load it again." })).toEqual(
      [{ message: "Changed by Ada. Load it again." }],
    );
  });
});
