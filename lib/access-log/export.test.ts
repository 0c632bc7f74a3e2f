import { expect, it } from "vitest";
import { accessExport } from "./export";
import type { AccessEntry } from "./schema";

const entry = {
  ...{ id: 1, at: "2026-11-28T20:00:00.000Z", event: "login", allowed: false },
  ...{ reason: "no_policy_matched", ref: "ABCD-2345", count: 2, rule: null, policy: null },
  user: { id: null, email: '=HYPERLINK("http://evil.example")' },
  application: { id: "a", name: 'Wiki, "new"' },
  ...{ host: "wiki.example.com", loginMethod: null, serviceToken: null, loginId: null },
  ...{ ip: "192.0.2.7", country: null, userAgent: "a\nb", explanation: null, identity: null },
} as AccessEntry;

it("a spreadsheet gets text, whatever a stranger wrote (formula injection)", () => {
  const line = accessExport.line("csv", entry);
  expect(line).toContain(`"'=HYPERLINK(""http://evil.example"")"`);
  expect(line).toContain('"Wiki, ""new"""');
  expect(accessExport.head("csv").split(",")).toHaveLength(18);
});

it("NDJSON has one entry a line", () => {
  const line = accessExport.line("ndjson", entry);
  expect(line.trimEnd()).not.toContain("\n");
  expect(JSON.parse(line)).toEqual(entry);
});
