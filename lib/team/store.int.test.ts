import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { useTestDatabase } from "@/db/testing";
import { firstOwner } from "@/lib/admins/testing";
import { auditQuerySchema } from "@/lib/audit/schema";
import { listChanges } from "@/lib/audit/store";
import { gate } from "@/lib/gate/state";
import { machine } from "@/lib/http/app";
import type { Owner } from "@/lib/kit/actor";
import {
  clockAhead,
  databaseWritable,
  installation,
  outboundPolicy,
  outboundSettings,
  practiceProviders,
  renameTeam,
  setOutboundAllow,
  systemHealth,
} from "./store";

const folder = await mkdtemp(path.join(tmpdir(), "gatehouse-team-"));
const practiceFile = path.join(folder, "practice.json");
vi.stubEnv("GATEHOUSE_URL", "https://console.example.com");
vi.stubEnv("AUTH_DOMAIN", "{team}.example.com");
vi.stubEnv("GATEHOUSE_PRACTICE", practiceFile);
afterAll(() => rm(folder, { recursive: true }));

useTestDatabase();
let owner: Owner;

describe("an installation that is not set up", () => {
  it("has an address all the same", async () => {
    expect(await installation()).toEqual({
      teamName: null,
      setupDone: false,
      consoleUrl: "https://console.example.com",
      teamDomain: "https://team.example.com",
      callbackUrl: "https://team.example.com/cdn-cgi/access/callback",
    });
    expect(await outboundPolicy()).toEqual({ allow: [] });
  });

  it("can be written to without leaving a trace", async () => {
    await databaseWritable();
    expect(await installation()).toMatchObject({ teamName: null });
  });
});

describe("an installation", () => {
  beforeAll(async () => {
    owner = await firstOwner();
  });

  it("moves its callback URL when the team is renamed, and says so in the log", async () => {
    await renameTeam(owner, "umbrella");
    expect(await installation()).toMatchObject({
      teamName: "umbrella",
      callbackUrl: "https://umbrella.example.com/cdn-cgi/access/callback",
    });
    const { entries } = await listChanges(owner, auditQuerySchema.parse({ action: "team.rename" }));
    expect(entries[0]?.changes).toEqual([
      {
        path: "callback_url",
        before: "https://acme.example.com/cdn-cgi/access/callback",
        after: "https://umbrella.example.com/cdn-cgi/access/callback",
      },
      { path: "name", before: "acme", after: "umbrella" },
    ]);
  });

  it("leads bookmarks of its former name to the new one for 30 days, and no longer", async () => {
    await gate().ready();
    await gate().reload();
    const open = async (url: string) => {
      const { status, headers } = await machine().request(url);
      return { status, to: headers.get("location") };
    };
    const path = "/cdn-cgi/access/login/wiki.example.com?kid=a&redirect_url=%2Fb";
    const now = { status: 302, to: `https://umbrella.example.com${path}` };
    expect(await open(`https://acme.example.com${path}`)).toEqual(now);
    expect(await open("https://acme.example.com/")).toEqual({
      status: 302,
      to: "https://umbrella.example.com/cdn-cgi/access/launcher",
    });
    expect(await open(`https://evil.example.com${path}`)).toEqual({ status: 404, to: null });
    vi.spyOn(Date, "now").mockReturnValue(Date.now() + 31 * 24 * 3_600_000);
    expect(await open(`https://acme.example.com${path}`)).toEqual({ status: 404, to: null });
    vi.restoreAllMocks();
    gate().stop();
  });

  it("writes nothing to the log when nothing changed", async () => {
    const count = async () =>
      (await listChanges(owner, auditQuerySchema.parse({ q: "" }))).entries.length;
    const before = await count();
    await renameTeam(owner, "umbrella");
    await setOutboundAllow(owner, []);
    expect(await count()).toBe(before);
  });

  it("lets an owner name private networks", async () => {
    await setOutboundAllow(owner, ["10.0.0.0/8"]);
    expect(await outboundPolicy()).toEqual({ allow: ["10.0.0.0/8"] });
    expect(await outboundSettings(owner)).toEqual({ entries: ["10.0.0.0/8"], locked: false });
    const query = auditQuerySchema.parse({ action: "system.outbound" });
    expect((await listChanges(owner, query)).entries[0]?.changes).toEqual([
      { path: "outbound_allow", before: [], after: ["10.0.0.0/8"] },
    ]);
  });

  it("allows the practice providers once they run, and none when their file is broken", async () => {
    expect(await practiceProviders()).toEqual([]);
    const provider = {
      id: "generic",
      label: "Generic",
      kind: "oidc",
      fields: { client_id: "a" },
      users: [{ login: "ada", password: "x", note: "" }],
      hostPort: "127.0.0.1:4001",
      faults: [],
    };
    await writeFile(practiceFile, JSON.stringify({ providers: [provider] }));
    expect(await practiceProviders()).toEqual([provider]);
    expect(await outboundPolicy()).toEqual({ allow: ["10.0.0.0/8", "127.0.0.1:4001"] });
    await writeFile(practiceFile, '{"providers": [{"id": "evil"}]}');
    expect(await practiceProviders()).toEqual([]);
  });

  it("knows its health", async () => {
    const health = await systemHealth(owner);
    expect(health).toMatchObject({ gatehouse: expect.stringMatching(/^\d+\.\d+\.\d+/) });
    expect(health.database).toMatchObject({ ok: true, version: expect.any(String) });
    expect(Math.abs(await clockAhead())).toBeLessThan(30);
  });
});
