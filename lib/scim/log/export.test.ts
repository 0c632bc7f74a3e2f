import { expect, it } from "vitest";
import { scimLogExport } from "./export";
import type { ScimLogEntry } from "./schema";

const entry = {
  ...{ id: 1, at: "2026-11-28T20:00:00.000Z", requestId: "r", bulkIndex: null, query: null },
  loginMethod: { id: "m", name: "Okta, Inc." },
  ...{ method: "PATCH", path: "/Users/1", status: 200, scimType: null, error: null },
  ...{ resourceType: "USER", resourceId: "u", externalId: "-1", groupName: null },
  userEmail: '=HYPERLINK("http://evil.example")',
  ...{ intent: "Okta deactivated a user", client: "okta", durationMs: 7 },
  effects: [
    { kind: "sessions_ended", userId: null, email: "bob@example.com", count: 2 },
    { kind: "seat_freed", userId: null, email: "bob@example.com", count: 1 },
  ],
  ...{ request: '{"active":\n"a"}', response: null, ip: "192.0.2.7", userAgent: "@SUM(1)" },
} satisfies ScimLogEntry;

it("CSV says what happened in words, and has text only (formula injection)", () => {
  const names = scimLogExport.head("csv").trimEnd().split(",");
  const line = scimLogExport.line("csv", entry);
  expect(names).toHaveLength(23);
  expect(line).toContain(",Okta deactivated a user,SUCCESS,200,");
  expect(line).toContain("Ended 2 sessions of bob@example.com. Freed the seat of bob@example.com.");
  expect(line).toContain(`,"Okta, Inc.",m,PATCH,/Users/1,`);
  expect(line).toContain(`,'-1,"'=HYPERLINK(""http://evil.example"")",`);
  expect(line).toContain(",'@SUM(1),okta,7,r\r\n");
});

it("NDJSON has one entry a line, with its bodies", () => {
  const line = scimLogExport.line("ndjson", entry);
  expect(line.trimEnd()).not.toContain("\n");
  expect(JSON.parse(line)).toEqual(entry);
});
