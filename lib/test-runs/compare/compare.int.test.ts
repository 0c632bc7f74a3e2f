import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { testRuns } from "@/db/schema/test-runs";
import { useTestDatabase } from "@/db/testing";
import { viewerOf } from "@/lib/admins/capability";
import { reportOf } from "../report/answer";
import { getTestRun } from "../store";
import { compareWithPrevious, history } from "./compare";
import { lastRunWithClaims } from "./store";

useTestDatabase();

const viewer = viewerOf(
  { id: randomUUID(), name: "Ada", email: "ada@example.com", role: "read_only" },
  { ip: null, requestId: "test", door: "console" },
);

let loginMethodId: string;
let minute: number;
beforeEach(() => {
  loginMethodId = randomUUID();
  minute = 0;
});

interface Over {
  status?: "passed" | "failed" | "cancelled" | "waiting";
  settings?: Record<string, unknown>;
  fingerprint?: string;
  claims?: Record<string, unknown> | null;
}

/** One run after the other, a minute apart. */
async function addRun({ status = "passed", claims = null, ...over }: Over = {}): Promise<string> {
  const id = randomUUID();
  minute += 1;
  const createdAt = new Date(Date.UTC(2026, 0, 1, 12, minute));
  const sets = claims && {
    idTokenHeader: {},
    idTokenPayload: claims,
    userInfo: null,
    oidcFields: {},
  };
  const db = await database();
  await db.insert(testRuns).values({
    id,
    loginMethodId,
    loginMethodVersion: 1,
    kind: "oidc",
    name: "Practice",
    settings: { client_id: "a", token_url: "https://idp.example/token" },
    fingerprint: "print",
    startedByName: "Ada",
    status,
    ticketHash: "",
    stateHash: randomUUID(),
    sealed: "",
    redirectUri: "https://acme.example/cdn-cgi/access/callback",
    outcome: { steps: [], claims: sets },
    createdAt,
    expiresAt: status === "waiting" ? new Date(Date.now() + 60_000) : createdAt,
    finishedAt: status === "waiting" ? null : createdAt,
    ...over,
  });
  return id;
}

describe("the history", () => {
  it("tells at each run what changed since the run before it", async () => {
    await addRun();
    await addRun({ fingerprint: "other" });
    await addRun({ settings: { client_id: "b", token_url: "https://idp.example/token" } });
    const changes = (await history(viewer, loginMethodId)).map((run) => run.changes);
    expect(changes).toEqual([
      [{ name: "client_id", label: "App ID", before: "a", after: "b" }],
      [expect.objectContaining({ name: null, before: null, after: null })],
      null,
    ]);
  });
});

describe("a result against the run before", () => {
  const compare = async (id: string) => compareWithPrevious(viewer, await getTestRun(viewer, id));

  it("has nothing to be compared with at first", async () => {
    expect(await compare(await addRun())).toBeNull();
  });

  it("passes over runs that were cancelled or are going on, and over later ones", async () => {
    const before = await addRun({ claims: { sub: "1", dept: "x" } });
    await addRun({ status: "cancelled" });
    await addRun({ status: "waiting" });
    const run = await addRun({ claims: { sub: "1", groups: [] } });
    await addRun();
    expect(await compare(run)).toMatchObject({
      previous: { id: before, state: "passed" },
      settings: [],
      claims: { samePerson: true, added: ["groups"], removed: ["dept"], changed: [] },
    });
  });

  it("does not reach into another login method", async () => {
    await addRun();
    loginMethodId = randomUUID();
    expect(await compare(await addRun())).toBeNull();
  });
});

it("the last test that brought claims is not the last test, where that failed early", async () => {
  const brought = await addRun({ status: "failed", claims: { sub: "1" } });
  await addRun({ status: "failed" });
  expect(await lastRunWithClaims(viewer, loginMethodId)).toBe(brought);
});

describe("a report", () => {
  const ask = (runId: string, over = {}) =>
    reportOf(viewer, { loginMethodId, runId, format: "report.md", includeValues: false, ...over });

  it("is made of the settings that were tested", async () => {
    const { text, name } = await ask(await addRun());
    expect(text).toContain("https://idp.example/token");
    expect(name).toMatch(/^gatehouse-test-[0-9a-f]{8}\.md$/);
  });

  it("of a run under another login method's address is not found", async () => {
    const runId = await addRun();
    await expect(ask(runId, { loginMethodId: randomUUID() })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("waits for the end of the run", async () => {
    const runId = await addRun({ status: "waiting" });
    await expect(ask(runId)).rejects.toMatchObject({ code: "conflict" });
  });
});
