import { beforeAll, describe, expect, it } from "vitest";
import { useTestDatabase } from "@/db/testing";
import { firstOwner } from "@/lib/admins/testing";
import { applicationInputSchema } from "@/lib/applications/schema";
import { addApplication } from "@/lib/applications/store";
import { auditQuerySchema } from "@/lib/audit/schema";
import { listChanges } from "@/lib/audit/store";
import { dataPlane } from "@/lib/http/data-plane";
import type { Owner } from "@/lib/kit/actor";
import { collectReports } from "./collect";
import { flushReports } from "./flush";
import { dismissProxyReport, listProxyReports, saveProxyReports } from "./store";

useTestDatabase();

const report = {
  frontEnd: "nginx",
  problem: "missing_header",
  peer: "10.0.0.1",
  host: "app.example.com",
  detail: "x-original-url is missing",
  count: 3,
  firstAt: Date.now() - 1000,
  lastAt: Date.now(),
} as const;

let owner: Owner;
beforeAll(async () => {
  owner = await firstOwner();
});

describe("reports about proxies", () => {
  it("adds up what several instances saw, with the fix in words", async () => {
    await saveProxyReports(dataPlane, [report]);
    await saveProxyReports(dataPlane, [{ ...report, count: 2 }]);
    expect(await listProxyReports(owner)).toMatchObject([
      {
        ...report,
        count: 5,
        firstAt: new Date(report.firstAt).toISOString(),
        lastAt: new Date(report.lastAt).toISOString(),
        fix: expect.stringContaining("X-Original-URL"),
      },
    ]);
  });

  it("names the application whose page has the configuration: the host's, or any", async () => {
    for (const [name, host] of [
      ["Wiki", "wiki.example.com"],
      ["All others", "*.example.com:8443"],
    ]) {
      await addApplication(owner, applicationInputSchema.parse({ name, destinations: [host] }));
    }
    const hosts = ["wiki.example.com:8443", "a.example.com:8443", "b.example.com", null];
    await saveProxyReports(
      dataPlane,
      hosts.map((host) => ({ ...report, host, lastAt: report.firstAt })),
    );
    const named = new Map(
      (await listProxyReports(owner)).map(({ host, application }) => [host, application?.name]),
    );
    expect(hosts.map((host) => named.get(host))).toEqual([
      "Wiki",
      "All others",
      undefined,
      "All others",
    ]);
  });

  it("writes what was gathered once more when it stops", async () => {
    const collector = collectReports(() => true);
    const stop = flushReports(dataPlane, collector, 60_000);
    collector.add({
      frontEnd: null,
      problem: "unknown_front_end",
      detail: "",
      host: null,
      peer: "10.0.0.2",
    });
    await stop();
    const [newest] = await listProxyReports(owner);
    expect(newest).toMatchObject({
      frontEnd: null,
      problem: "unknown_front_end",
      peer: "10.0.0.2",
    });
  });

  it("dismisses a report once, and the Admin log has it", async () => {
    const [first] = await listProxyReports(owner);
    await dismissProxyReport(owner, first?.id ?? "");
    await expect(dismissProxyReport(owner, first?.id ?? "")).rejects.toMatchObject({
      code: "not_found",
    });
    const { entries } = await listChanges(owner, auditQuerySchema.parse({}));
    expect(entries[0]).toMatchObject({
      action: "proxy_report.dismiss",
      target: { name: "A proxy" },
    });
  });

  it("row 27: keeps a bounded number of rows, the newest", async () => {
    const many = Array.from({ length: 350 }, (_, index) => ({
      ...report,
      peer: `10.1.${index >> 8}.${index & 255}`,
      lastAt: Date.now() + index,
    }));
    await saveProxyReports(dataPlane, many);
    const kept = await listProxyReports(owner);
    expect(kept).toHaveLength(200);
    expect(kept[0]?.peer).toBe("10.1.1.93");
  });
});
