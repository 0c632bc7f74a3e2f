import { describe, expect, it } from "vitest";
import { type TestRunRow, toTestRun } from "./present";
import { type TestRunState, testRunSchema } from "./schema";

const NOW = new Date("2026-11-21T12:00:00.000Z");
const later = new Date(NOW.getTime() + 1);
const identity = {
  sub: { value: "u1", source: "id_token", claim: "sub" },
  email: { value: "ada@example.com", source: "id_token", claim: "email" },
  name: null,
  groups: null,
  amr: null,
  custom: [],
  missing: [],
  unsaved: [],
};
const row = (over: Partial<TestRunRow>): TestRunRow => ({
  id: "0f9a2c1e-4b5d-4e6f-8a7b-1c2d3e4f5a6b",
  loginMethodId: "11111111-2222-4333-8444-555555555555",
  loginMethodName: "Acme",
  loginMethodKind: "oidc",
  draftId: null,
  linkId: null,
  fingerprint: "f",
  version: 3,
  startedBy: "Ada",
  status: "waiting",
  left: true,
  redirectUri: "https://acme.example.com/cdn-cgi/access/callback",
  outcome: null,
  createdAt: new Date("2026-11-21T11:59:00.000Z"),
  expiresAt: later,
  finishedAt: null,
  now: NOW,
  ...over,
});

describe("a run on the wire", () => {
  it.each<[Partial<TestRunRow>, TestRunState]>([
    [{ status: "waiting" }, "waiting"],
    [{ status: "waiting", expiresAt: NOW }, "timed_out"],
    [{ status: "waiting", expiresAt: NOW, left: false }, "timed_out"],
    [{ status: "running" }, "running"],
    [{ status: "running", expiresAt: NOW }, "failed"],
    [{ status: "passed", expiresAt: NOW, outcome: { steps: [], identity } }, "passed"],
    [{ status: "failed", expiresAt: NOW, outcome: {} }, "failed"],
    [{ status: "cancelled", expiresAt: NOW }, "cancelled"],
  ])("%j reads as %s, and fits its schema", (over, state) => {
    const run = toTestRun(row(over));
    expect(testRunSchema.parse(JSON.parse(JSON.stringify(run)))).toEqual(run);
    expect(run.state).toBe(state);
  });

  it.each<[Partial<TestRunRow>, string]>([
    [{ status: "waiting", expiresAt: NOW }, "no_callback"],
    [{ status: "waiting", expiresAt: NOW, left: false }, "never_left"],
    [{ status: "running", expiresAt: NOW }, "interrupted"],
  ])("that nobody ended says why: %j is %s", (over, code) => {
    expect(toTestRun(row(over))).toMatchObject({ diagnosis: { code } });
  });

  it("shows the exact redirect URI to whoever did not come back", () => {
    const run = toTestRun(row({ expiresAt: NOW }));
    expect(JSON.stringify("diagnosis" in run && run.diagnosis.fixes)).toContain(run.redirectUri);
  });
});
