import { beforeAll, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { policies } from "@/db/schema/policies";
import { useTestDatabase } from "@/db/testing";
import { firstOwner } from "@/lib/admins/testing";
import type { Owner } from "@/lib/kit/actor";
import { type ApplicationQuery, applicationQuerySchema, applicationsHref } from "../query";
import { applicationInputSchema } from "../schema";
import { addApplication } from "../store";
import { setApplicationEnabled } from "../switches/store";
import { listTags, searchApplications } from "./store";

useTestDatabase();
let ada: Owner;
beforeAll(async () => {
  ada = await firstOwner();
  const db = await database();
  const [staff] = await db
    .insert(policies)
    .values({ name: "Staff", decision: "allow", include: [{ everyone: {} }] })
    .returning({ id: policies.id });
  const add = (name: string, host: string, tags: string[], ids: string[] = []) =>
    addApplication(
      ada,
      applicationInputSchema.parse({
        name,
        destinations: [host],
        settings: { tags },
        policies: ids,
      }),
    );
  await add("wiki", "kb.example.com", ["docs", "staff"]);
  await add("Zürich 100%", "zurich.example.com", []);
  await add("Builds", "ci.example.com/jobs", ["staff"], [staff?.id ?? ""]);
  const { id } = await add("archive", "*.old.example.com", ["Docs"]);
  await setApplicationEnabled(ada, { id, enabled: false });
});

const query = (changes: Partial<ApplicationQuery> = {}) => applicationQuerySchema.parse(changes);
const names = async (changes: Partial<ApplicationQuery> = {}, size?: number) =>
  (await searchApplications(ada, query(changes), size)).applications.map(({ name }) => name);

describe("the list of applications", () => {
  it("stands in the order of names, whatever their case, with each one's policies", async () => {
    const { applications, next } = await searchApplications(ada, query());
    expect(applications.map(({ name }) => name)).toEqual([
      "archive",
      "Builds",
      "wiki",
      "Zürich 100%",
    ]);
    expect(applications.map(({ policies: all }) => all.length)).toEqual([0, 1, 0, 0]);
    expect(next).toBeNull();
  });

  it.each([
    ["WIK", ["wiki"]],
    ["kb.ex", ["wiki"]],
    ["/jobs", ["Builds"]],
    ["*.old", ["archive"]],
    ["100%", ["Zürich 100%"]],
    ["%", ["Zürich 100%"]],
    ["_", []],
    ["'; drop table applications; --", []],
  ])("finds by %j in names and hostnames, as it is written", async (q, found) => {
    expect(await names({ q })).toEqual(found);
  });

  it("finds by a whole tag and by whether it is enabled", async () => {
    expect(await names({ tag: "staff" })).toEqual(["Builds", "wiki"]);
    expect(await names({ tag: "docs" })).toEqual(["wiki"]);
    expect(await names({ tag: "doc" })).toEqual([]);
    expect(await names({ state: "disabled" })).toEqual(["archive"]);
    expect(await names({ state: "enabled", tag: "docs" })).toEqual(["wiki"]);
  });

  it("lists each tag once", async () => {
    expect((await listTags(ada)).sort()).toEqual(["Docs", "docs", "staff"]);
  });

  it("turns pages without losing or repeating one", async () => {
    const seen: string[] = [];
    let after = "";
    for (let page = 0; page < 10; page += 1) {
      const { applications, next } = await searchApplications(ada, query({ after }), 1);
      seen.push(...applications.map(({ name }) => name));
      if (!next) break;
      after = next;
    }
    expect(seen).toEqual(["archive", "Builds", "wiki", "Zürich 100%"]);
  });

  it("takes anything odd in the address for no filter", () => {
    const odd = applicationQuerySchema.parse({ q: ["a"], tag: "x".repeat(101), state: "both" });
    expect(odd).toEqual({ q: "", tag: "", state: "", after: "" });
    expect(applicationsHref({ ...odd, q: "a&b" }, { after: "Ü" })).toBe(
      "/access/applications?q=a%26b&after=%C3%9C",
    );
  });
});
