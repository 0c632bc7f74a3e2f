import { describe, expect, it } from "vitest";
import { FRONT_ENDS, PROXY_PROBLEMS } from "../front-ends/schema";
import { collectReports } from "./collect";
import { problemWords } from "./problems";

const problem = {
  frontEnd: "caddy",
  problem: "missing_header",
  detail: "x-forwarded-uri is missing",
  host: "app.example.com",
  peer: "127.0.0.1",
} as const;
const known = (host: string) => host === "app.example.com";

describe("reports about proxies", () => {
  it("counts what is alike, and forgets it when it is taken", () => {
    let now = 1000;
    const collector = collectReports(known, () => now);
    collector.add(problem);
    now = 2000;
    collector.add(problem);
    expect(collector.take()).toEqual([{ ...problem, count: 2, firstAt: 1000, lastAt: 2000 }]);
    expect(collector.take()).toEqual([]);
  });

  it("row 27: a flood of made-up hosts and addresses makes no more than a bounded number of rows", () => {
    const collector = collectReports(known);
    for (let index = 0; index < 20_000; index++) {
      collector.add({
        ...problem,
        host: `h${index}.example`,
        peer: `10.0.${index >> 8}.${index & 255}`,
      });
    }
    const reports = collector.take();
    expect(reports.length).toBeLessThanOrEqual(101);
    expect(reports.reduce((sum, { count }) => sum + count, 0)).toBe(20_000);
    expect(reports.every(({ host }) => host === null)).toBe(true);
  });

  it("has words and a fix for every problem of every front end", () => {
    for (const frontEnd of [null, ...FRONT_ENDS]) {
      for (const code of PROXY_PROBLEMS) {
        const { title, fix } = problemWords(frontEnd, code);
        expect(title.length).toBeGreaterThan(20);
        expect(fix).toMatch(/\.$/);
      }
    }
  });
});
