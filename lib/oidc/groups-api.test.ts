import { describe, expect, test } from "vitest";
import { type Fault, PLANTED, type Reply, startTestProvider } from "./provider-for-tests";
import type { Outcome } from "./schema";
import { provider, seconds, type Trip, trip, useProvider } from "./trips-for-tests";

useProvider();

const PATH = "/api/v1/users/user-1/groups";
const asking = (changes: Trip["connection"] = {}, context: Trip["context"] = {}): Trip => ({
  connection: {
    groupsApi: {
      url: `${provider.origin}/api/v1/users/{sub}/groups?limit=200`,
      scheme: "SSWS",
      token: PLANTED.apiToken,
      namePath: ["profile", "name"],
    },
    ...changes,
  },
  context,
});

const named = (names: readonly unknown[]) => names.map((name) => ({ profile: { name } }));
const numbered = (count: number, from = 0) =>
  Array.from({ length: count }, (_, at) => `group ${from + at}`);
const next = (url: string) => ({
  link: `<${provider.origin}${PATH}>; rel="self", <${url}>; rel="next"`,
});

/** Pages of `size`, for ever or up to `total`, each linked to the next. */
const paged =
  (total: number, size: number): Fault["api"] =>
  (url) => {
    const from = Number(url.searchParams.get("after") ?? 0);
    const page = numbered(Math.min(size, total - from), from);
    const more = from + size < total;
    return {
      body: named(page),
      headers: more ? next(`${provider.origin}${PATH}?limit=200&after=${from + size}`) : {},
    };
  };

const codes = ({ warnings }: Outcome) => warnings.map(({ code }) => code);
const calls = () => provider.hits.filter((path) => path.startsWith("/api/"));
const hundred = { groups: numbered(100) };

describe("groups beyond the token", () => {
  test("are read page by page and take the place of the claim", async () => {
    const keys: (string | undefined)[] = [];
    const outcome = await trip(
      {
        claims: hundred,
        api: (url, headers) => {
          keys.push(headers.authorization);
          return paged(450, 200)?.(url, headers) ?? "hang";
        },
      },
      asking({ claims: ["groups"] }),
    );
    expect(outcome).toMatchObject({ status: "passed", warnings: [] });
    expect(outcome.identity?.groups).toEqual({
      value: numbered(450),
      source: "groups_api",
      claim: "groups",
    });
    expect(outcome.claims?.oidcFields.groups).toEqual(numbered(450));
    expect(keys).toEqual(Array(3).fill(`SSWS ${PLANTED.apiToken}`));
    expect(calls()[0]).toBe(`${PATH}?limit=200`);
    const step = outcome.steps.find((one) => one.step === "user_info");
    expect(step).toMatchObject({
      status: "ok",
      summary: expect.stringMatching(/not needed.*; the groups API has 450 groups$/),
      facts: [{ label: "Groups API", value: "450 groups on 3 pages" }],
    });
    expect(step?.exchanges.map((one) => one.requestHeaders.authorization)).toEqual(
      Array(3).fill("SSWS [redacted]"),
    );
  });

  test("that are none are none, whatever the claim says", async () => {
    const outcome = await trip({ claims: hundred, api: () => ({ body: [] }) }, asking());
    expect(outcome).toMatchObject({ status: "passed", identity: { groups: { value: [] } } });
  });

  test("keep what has a name, each name once", async () => {
    const odd = [
      null,
      7,
      {},
      { profile: null },
      { profile: { name: 1 } },
      { profile: { name: "" } },
    ];
    const outcome = await trip(
      { api: () => ({ body: [...odd, ...named(["a", "a", "b"])] }) },
      asking(),
    );
    expect(outcome.identity?.groups?.value).toEqual(["a", "b"]);
  });

  test.each([
    ["relative", () => `<${PATH}?after=1>; rel=next`],
    [
      "after another",
      () => `<x>; rel="self", <${provider.origin}${PATH}?after=1>; title="a, b"; rel="next"`,
    ],
  ])("follow a next link that is %s", async (_name, link) => {
    const outcome = await trip(
      {
        api: (url) =>
          url.searchParams.has("after")
            ? { body: named(["b"]) }
            : { body: named(["a"]), headers: { link: link() } },
      },
      asking(),
    );
    expect(outcome.identity?.groups?.value).toEqual(["a", "b"]);
  });

  test.each([
    ["4,000 groups", 10_000, 900, 4000],
    ["20 pages", 10_000, 10, 200],
    ["one endless page", 5000, 5000, 4000],
  ])("end at %s, with a warning", async (_name, total, size, kept) => {
    const outcome = await trip({ api: paged(total, size) }, asking());
    expect(outcome.identity?.groups?.value).toEqual(numbered(kept));
    expect(codes(outcome)).toEqual(["groups_api_too_many"]);
    expect(calls().length).toBeLessThanOrEqual(20);
  });

  test("a next link that leads back ends too", async () => {
    const outcome = await trip(
      { api: () => ({ body: named(["a"]), headers: next(`${provider.origin}${PATH}?after=1`) }) },
      asking(),
    );
    expect(calls()).toHaveLength(20);
    expect(outcome.identity?.groups?.value).toEqual(["a"]);
  });
});

const error = (status: number, errorCode: string, errorSummary: string): Reply => ({
  status,
  body: { errorCode, errorSummary, errorId: "oae1" },
});

describe("a groups API that fails", () => {
  test.each<[string, Reply | "hang", string, RegExp]>([
    [
      "401",
      error(401, "E0000011", "Invalid token provided"),
      "groups_api_token",
      /E0000011: Invalid token provided\. /,
    ],
    [
      "403",
      error(403, "E0000006", "You do not have permission."),
      "groups_api_forbidden",
      /permission\. /,
    ],
    ["404", error(404, "E0000007", "Not found: user-1 (User)"), "groups_api_no_user", /E0000007/],
    [
      "a page instead",
      { status: 404, type: "text/html", body: "<html>" },
      "groups_api_status",
      /404/,
    ],
    [
      "a redirect",
      { status: 302, headers: { location: "https://elsewhere.example" }, body: "" },
      "groups_api_status",
      /302/,
    ],
    ["500", { status: 500, body: "" }, "groups_api_status", /500/],
    ["an object", { body: { groups: [] } }, "groups_api_not_json", /not a JSON list/],
    ["text", { body: "[{", type: "text/plain" }, "groups_api_not_json", /text\/plain/],
    ["silence", "hang", "groups_api_timeout", /in time/],
  ])("with %s warns, and the groups of the token stay", async (_name, reply, code, cause) => {
    const context = reply === "hang" ? { timeoutMs: 1000 } : {};
    const outcome = await trip({ claims: hundred, api: () => reply }, asking({}, context));
    expect(outcome).toMatchObject({
      status: "passed_with_warnings",
      warnings: [
        { code, step: "user_info", cause: expect.stringMatching(cause) },
        { code: "groups_limit" },
      ],
      identity: { groups: { value: numbered(100), source: "id_token" } },
    });
    expect(outcome.warnings[0]?.cause).toMatch(/Groups used instead: the 100 of the ID token\.$/);
  });

  test("never fails a test, and says when no group is left", async () => {
    const outcome = await trip({ api: () => error(401, "E0000011", "Invalid token") }, asking());
    expect(outcome).toMatchObject({
      status: "passed_with_warnings",
      warnings: [{ code: "groups_api_token", field: "api_token" }],
      identity: { groups: null },
    });
    expect(outcome.warnings[0]?.cause).toMatch(/instead: none, they are missing\.$/);
  });

  test("keeps no half of the list", async () => {
    const api: Fault["api"] = (url, headers) =>
      url.searchParams.has("after")
        ? { status: 500, body: "" }
        : (paged(400, 200)?.(url, headers) ?? "hang");
    const outcome = await trip({ claims: hundred, api }, asking());
    expect(outcome.identity?.groups).toMatchObject({ value: numbered(100), source: "id_token" });
  });

  test.each<[string, () => Record<string, string>, string]>([
    ["x-rate-limit-reset", () => ({ "x-rate-limit-reset": String(seconds() + 1200) }), "20 min"],
    ["a reset that is over", () => ({ "x-rate-limit-reset": "1" }), "1 s"],
    ["retry-after", () => ({ "retry-after": "30" }), "30 s"],
    ["no time", () => ({}), "a minute or so"],
  ])("because it is asked too often says for how long: %s", async (_name, headers, time) => {
    const reply = { ...error(429, "E0000047", "API call exceeded rate limit"), headers: headers() };
    const outcome = await trip({ api: () => reply }, asking());
    expect(outcome.warnings[0]).toMatchObject({
      code: "groups_api_rate_limited",
      cause: expect.stringContaining(`allows more in ${time}.`),
    });
    expect(calls()).toHaveLength(1);
  });
});

describe("the API token", () => {
  test.each([
    ["another origin", (_own: string, other: string) => `${other}${PATH}?after=1`],
    ["another path", (own: string) => `${own}/api/v1/users/user-2/groups?after=1`],
    ["credentials", (own: string) => `${own.replace("//", "//a:b@")}${PATH}?after=1`],
    ["a way up", (own: string) => `${own}${PATH}/../factors`],
    ["another scheme", () => "file:///etc/passwd"],
  ])("token theft: is not sent after a next link with %s", async (_name, target) => {
    const thief = await startTestProvider();
    const link = target(provider.origin, thief.origin);
    const outcome = await trip(
      { claims: hundred, api: () => ({ body: named(["a"]), headers: next(link) }) },
      asking(),
    );
    thief.stop();
    expect(thief.hits).toEqual([]);
    expect(calls()).toHaveLength(1);
    expect(codes(outcome)).toEqual(["groups_api_next_page", "groups_limit"]);
    expect(outcome.identity?.groups?.source).toBe("id_token");
  });

  test("token theft: is not sent after a redirect", async () => {
    const thief = await startTestProvider();
    const headers = { location: `${thief.origin}${PATH}` };
    await trip({ api: () => ({ status: 307, headers, body: "" }) }, asking());
    thief.stop();
    expect(thief.hits).toEqual([]);
  });

  test("is taken out of all that the provider echoes", async () => {
    const echo = `${PLANTED.apiToken} ${encodeURIComponent(PLANTED.apiToken)}`;
    const outcome = await trip(
      { api: () => ({ body: named([echo]), headers: { "x-echo": PLANTED.apiToken } }) },
      asking(),
    );
    expect(outcome.identity?.groups?.value).toEqual(["[redacted] [redacted]"]);
    await trip({ api: () => error(401, PLANTED.apiToken, echo) }, asking());
  });

  test.each(["..", "."])("path traversal: a subject of %j reads no other list", async (sub) => {
    const outcome = await trip({ claims: { sub }, api: () => ({ body: named(["a"]) }) }, asking());
    expect(calls()).toEqual([]);
    expect(codes(outcome)).toEqual(["groups_api_no_user"]);
  });

  test("path traversal: a subject with slashes and dollars stays one part of the path", async () => {
    const sub = "../../v1/groups?x=#$&$1";
    await trip({ claims: { sub }, api: () => ({ body: [] }) }, asking());
    expect(calls()).toEqual([`/api/v1/users/${encodeURIComponent(sub)}/groups?limit=200`]);
  });
});
