import { describe, expect, it } from "vitest";
import { answerOf, type ScimRequest } from "../execute/request";
import { scimErrorBody } from "../scim-error";
import { BULK_REQUEST_URN } from "./read-bulk";
import { runBulk } from "./run-bulk";

const BASE = "https://gatehouse.example/scim/v2/m";

/** Answers POSTs with ids `Users-1`, `Users-2` …, fails what is called `bad`, and keeps what it was asked. */
function endpoint() {
  const asked: ScimRequest[] = [];
  const execute = async (request: ScimRequest) => {
    asked.push(request);
    const { displayName } = (request.body ?? {}) as { displayName?: string };
    if (displayName === "bad") return answerOf(409, scimErrorBody(409, "taken", "uniqueness"));
    const [type = "", id] = request.segments;
    const location = `${BASE}/${type}/${id ?? `${type}-${asked.length}`}`;
    return answerOf(request.method === "POST" ? 201 : 200, null, { location, etag: 'W/"1"' });
  };
  return { asked, execute };
}

const bulk = (Operations: unknown[], failOnErrors?: number): ScimRequest => ({
  method: "POST",
  segments: ["Bulk"],
  query: new URLSearchParams(),
  body: { schemas: [BULK_REQUEST_URN], Operations, ...(failOnErrors && { failOnErrors }) },
  ifMatch: null,
  ifNoneMatch: null,
  base: BASE,
  bulkIndex: null,
});

const post = (bulkId: string, data: unknown, path = "/Users") => ({
  method: "POST",
  path,
  bulkId,
  data,
});

async function run(request: ScimRequest) {
  const { asked, execute } = endpoint();
  const { body } = await runBulk(request, execute);
  const { Operations } = body as { Operations: Record<string, unknown>[] };
  return { asked, entries: Operations };
}

describe("Bulk", () => {
  it("puts ids in place of bulkIds, though the Group comes before its members", async () => {
    const members = [{ value: "bulkId:ann" }, { value: "bulkId:bob" }];
    const { asked, entries } = await run(
      bulk([
        post("team", { displayName: "Team", members }, "/Groups"),
        post("ann", { userName: "ann" }),
        post("bob", { userName: "bob" }),
      ]),
    );
    expect(asked.map(({ segments }) => segments[0])).toEqual(["Users", "Users", "Groups"]);
    expect(asked.at(-1)?.body).toMatchObject({
      members: [{ value: "Users-1" }, { value: "Users-2" }],
    });
    expect(entries.map(({ bulkId, status }) => [bulkId, status])).toEqual([
      ["ann", "201"],
      ["bob", "201"],
      ["team", "201"],
    ]);
    expect(entries[0]).toMatchObject({ location: `${BASE}/Users/Users-1`, version: 'W/"1"' });
  });

  it("puts an id in a path", async () => {
    const { asked } = await run(
      bulk([
        { method: "PATCH", path: "/Users/bulkId:ann", data: { Operations: [] } },
        post("ann", { userName: "ann" }),
      ]),
    );
    expect(asked.at(-1)?.segments).toEqual(["Users", "Users-1"]);
  });

  it("goes on after errors, until there are as many as failOnErrors", async () => {
    const operations = ["bad", "bad", "good"].map((displayName, at) =>
      post(`b${at}`, { displayName }, "/Groups"),
    );
    const statuses = async (failOnErrors?: number) =>
      (await run(bulk(operations, failOnErrors))).entries.map(({ status }) => status);
    expect(await statuses()).toEqual(["409", "409", "201"]);
    expect(await statuses(1)).toEqual(["409"]);
    expect(await statuses(2)).toEqual(["409", "409"]);
    expect(await statuses(3)).toEqual(["409", "409", "201"]);
  });

  it.each([
    ["a circle", [post("a", { v: "bulkId:b" }), post("b", { v: "bulkId:a" })], ["409", "409"]],
    ["a bulkId that nothing creates", [post("a", { v: "bulkId:x" })], ["409"]],
    ["a GET", [{ method: "GET", path: "/Users" }], ["400"]],
    ["a POST without bulkId", [{ method: "POST", path: "/Users", data: {} }], ["400"]],
    ["a DELETE of a collection", [{ method: "DELETE", path: "/Users" }], ["400"]],
    ["another path", [{ method: "PUT", path: "/Schemas/x", data: {} }], ["400"]],
    ["a Bulk inside", [post("a", {}, "/Bulk")], ["400"]],
  ])("refuses %s as one operation", async (_, operations, expected) => {
    const { entries } = await run(bulk(operations));
    expect(entries.map(({ status }) => status)).toEqual(expected);
  });

  it.each([
    ["no object", [], 400],
    ["no operations", {}, 400],
    ["operations that are no list", { Operations: {} }, 400],
    ["an operation without a path", { Operations: [{ method: "POST" }] }, 400],
    ["another schema", { schemas: ["x"], Operations: [] }, 400],
    ["failOnErrors of 0", { failOnErrors: 0, Operations: [] }, 400],
    ["1,001 operations", { Operations: Array.from({ length: 1001 }, () => ({})) }, 413],
  ])("refuses %s as a whole: %s", async (_, body, status) => {
    const request = { ...bulk([]), body };
    await expect(runBulk(request, endpoint().execute)).rejects.toMatchObject({ status });
  });
});
