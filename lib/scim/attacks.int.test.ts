import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { database } from "@/db/client";
import { loginMethods } from "@/db/schema/login-methods";
import { scimSecrets } from "@/db/schema/scim";
import { useTestDatabase } from "@/db/testing";
import { firstOwner } from "@/lib/admins/testing";
import { CONSOLE } from "@/lib/http/testing-journey";
import { PATCH_URN, scimClientOf, type TestScimClient } from "@/lib/http/testing-scim";
import { ask, type Served, serveHere, type WireAnswer } from "@/lib/http/testing-served";
import type { Owner } from "@/lib/kit/actor";
import { GROUP_URN, USER_URN } from "./schema";
import { countRequest } from "./secrets/limits";

vi.stubEnv("GATEHOUSE_URL", CONSOLE);
useTestDatabase();

type Body = Parameters<typeof ask>[1]["body"];
interface Sent {
  by?: TestScimClient;
  body?: unknown;
  raw?: Body;
  headers?: Record<string, string>;
  /** In place of the client's own endpoint. */
  at?: string;
}

let served: Served;
let owner: Owner;
let ours: TestScimClient;
let theirs: TestScimClient;
/** Of the other login method. */
let their: { user: string; group: string };
let our: { user: string; group: string };

/** Addresses are told apart, so that one attack does not use up the guesses of the next. */
let address = 0;

function send(method: string, path: string, { by = ours, body, raw, headers, at }: Sent = {}) {
  const text = raw ?? (body === undefined ? null : JSON.stringify(body));
  return ask(served.port, {
    method,
    path: `${at ?? `/scim/v2/${by.loginMethodId}`}${path}`,
    body: text,
    headers: {
      authorization: `Bearer ${by.secret}`,
      ...(text !== null && { "content-type": "application/scim+json" }),
      ...headers,
    },
  });
}

const jsonOf = ({ text }: WireAnswer) => JSON.parse(text);

async function populate(by: TestScimClient, name: string) {
  const userName = `${name}@example.com`;
  const user = jsonOf(
    await send("POST", "/Users", { by, body: { schemas: [USER_URN], userName, title: "Kept" } }),
  ).id;
  const members = [{ value: user }];
  const body = { schemas: [GROUP_URN], displayName: `Group of ${name}`, members };
  return { user, group: jsonOf(await send("POST", "/Groups", { by, body })).id };
}

beforeAll(async () => {
  served = await serveHere(["127.0.0.1"]);
  owner = await firstOwner();
  ours = await scimClientOf(owner);
  theirs = await scimClientOf(owner);
  our = await populate(ours, "ours");
  their = await populate(theirs, "theirs");
});
afterAll(() => served.stop());

/** Everything that a push can change. */
async function snapshot(): Promise<unknown> {
  const db = await database();
  const { rows } = await db.execute(sql`
    select (select json_agg(t order by id) from scim_users t) as users,
      (select json_agg(t order by id) from scim_groups t) as groups,
      (select json_agg(t order by group_id, user_id) from scim_members t) as members,
      (select json_agg(t order by id) from users t) as people,
      (select json_agg(t order by id) from login_methods t) as methods`);
  return rows[0];
}

const LEAKS =
  /\bat \S+ \(|node_modules|node:internal|\.ts:\d|\bselect\b.*\bfrom\b|insert into|postgres|drizzle|scim_users|Kept|theirs@/i;

/** A refusal as RFC 7644 §3.12 has it, which tells nothing of the inside. */
function expectRefusal(answer: WireAnswer, statuses: readonly number[], scimType?: string) {
  expect(statuses, answer.text).toContain(answer.status);
  expect(answer.text).not.toMatch(LEAKS);
  const body = jsonOf(answer);
  expect(body.schemas).toEqual(["urn:ietf:params:scim:api:messages:2.0:Error"]);
  expect(body.status).toBe(String(answer.status));
  if (scimType) expect(body.scimType).toBe(scimType);
}

describe("a path that is spelled otherwise gets nobody in (CVE-2026-32130)", () => {
  it.each([
    "/%53CIM/v2/{id}/Users",
    "/SCIM/v2/{id}/Users",
    "/scim%2Fv2/{id}/Users",
    "//scim/v2/{id}/Users",
    "/scim//v2/{id}/Users",
    "/scim/v2//{id}/Users",
    "/scim/v2/{id}//Users",
    "/scim/v2/{id}/x/..;/Users",
    "/scim/v2/x/..;/{id}/Users",
    "/scim/v2/{id};x=1/Users",
    "/scim/v2/{id}/Users;x=1",
    "/scim/v2/{id}/./Users",
    "/scim/v2/{id}/%2e%2e/{id}/Users",
    "/scim/v2/x/../{id}/Users",
    "/scim/v2/{id}%2FUsers",
    "/scim/v2/{id}%5CUsers",
    "/scim/v2/{id}%00/Users",
    "/scim/v2/{id}/Users%00",
    "/scim/v2/{id}/Users%ff",
    "/scim/v2/{id}/Users/",
    "/scim/v2/{id}/Users?",
    "/scim/v2/{ID}/Users",
    "/scim/v2./{id}/Users",
    "/scim/v2/%7Bid%7D/Users",
    "/cdn-cgi/access/../../scim/v2/{id}/Users",
    "/healthz/../scim/v2/{id}/Users",
    "http://localhost/scim/v2/{id}/Users",
    "/scim/v2/{id}/Users#",
  ])("%s", async (spelled) => {
    const id = theirs.loginMethodId;
    const path = spelled.replaceAll("{id}", id).replaceAll("{ID}", id.toUpperCase());
    address += 1;
    const from = { "x-forwarded-for": `198.51.100.${address}` };
    for (const authorization of [undefined, "", "Bearer", `Bearer ${ours.secret}`]) {
      const headers = { ...from, ...(authorization !== undefined && { authorization }) };
      const answer = await ask(served.port, { method: "GET", path, headers });
      expect([400, 401, 404], answer.text).toContain(answer.status);
      expect(answer.text).not.toMatch(LEAKS);
      expect(answer.text).not.toContain("Resources");
    }
  });
});

describe("a secret opens nothing of another login method (CVE-2026-67330)", () => {
  it("is refused at the other's endpoint as a wrong one is", async () => {
    const at = `/scim/v2/${theirs.loginMethodId}`;
    expectRefusal(await send("GET", "/Users", { at }), [401]);
    expectRefusal(await send("DELETE", `/Users/${their.user}`, { at }), [401]);
  });

  it.each([
    ["GET", undefined],
    ["PUT", { userName: "taken-over@example.com", displayName: "x" }],
    [
      "PATCH",
      { schemas: [PATCH_URN], Operations: [{ op: "replace", path: "externalId", value: "x" }] },
    ],
    ["DELETE", undefined],
  ])("%s by id answers as if the id were made up", async (method, body) => {
    const before = await snapshot();
    for (const [type, id] of [
      ["Users", their.user],
      ["Groups", their.group],
      ["Users", our.group],
      ["Groups", our.user],
    ]) {
      const made = randomUUID();
      const answer = await send(method, `/${type}/${id}`, { body });
      const nowhere = await send(method, `/${type}/${made}`, { body });
      expectRefusal(answer, [404]);
      expect(answer.text.replaceAll(id ?? "", "")).toBe(nowhere.text.replaceAll(made, ""));
    }
    expect(await snapshot()).toEqual(before);
  });

  it.each(["members", "a nested group", "a group by PUT", "a group by POST"])(
    "takes no foreign id as one of %s",
    async (kind) => {
      const before = await snapshot();
      const id = kind === "a nested group" ? their.group : their.user;
      const value = [{ value: id }];
      const patch = { schemas: [PATCH_URN], Operations: [{ op: "add", path: "members", value }] };
      const group = { schemas: [GROUP_URN], displayName: "Foreign", members: value };
      const sent = {
        "a group by PUT": ["PUT", `/Groups/${our.group}`, group],
        "a group by POST": ["POST", "/Groups", group],
      } as const;
      const [method, path, body] =
        sent[kind as keyof typeof sent] ?? (["PATCH", `/Groups/${our.group}`, patch] as const);
      expectRefusal(await send(method, path, { body }), [400, 404]);
      expect(await snapshot()).toEqual(before);
    },
  );

  it("finds nothing of the other by a filter, a sort, a search or a page", async () => {
    const search = (type: string, filter: string) =>
      send("GET", `/${type}?filter=${encodeURIComponent(filter)}`);
    for (const answer of [
      await search("Users", `id eq "${their.user}"`),
      await search("Users", 'userName eq "theirs@example.com"'),
      await search("Users", `groups.value eq "${their.group}"`),
      await search("Groups", `members.value eq "${their.user}"`),
      await search("Groups", `members[value eq "${their.user}"]`),
      await search("Groups", `id eq "${their.group}" or displayName eq "Group of theirs"`),
    ]) {
      expect(answer.status).toBe(200);
      expect(jsonOf(answer)).toMatchObject({ totalResults: 0, Resources: [] });
    }
    for (const answer of [
      await send("GET", "/Users?sortBy=userName"),
      await send("GET", "/Users?filter=not%20(userName%20eq%20%22x%22)"),
      await send("POST", "/.search", { body: { count: 1000 } }),
    ]) {
      expect(answer.status).toBe(200);
      expect(answer.text).not.toContain(their.user);
      expect(answer.text).not.toContain("theirs");
    }
  });

  it("changes nothing of the other by Bulk", async () => {
    const before = await snapshot();
    const answer = await send("POST", "/Bulk", {
      body: {
        schemas: ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],
        Operations: [
          { method: "DELETE", path: `/Users/${their.user}` },
          {
            method: "PATCH",
            path: `/Groups/${their.group}`,
            data: { Operations: [{ op: "remove", path: "members" }] },
          },
          { method: "DELETE", path: `/../${theirs.loginMethodId}/Users/${their.user}` },
          { method: "DELETE", path: `//Users/${their.user}` },
          {
            method: "PUT",
            path: `/Users/${their.user}?x=/Users/${our.user}`,
            data: { userName: "x" },
          },
        ],
      },
    });
    expect(answer.status).toBe(200);
    for (const { status } of jsonOf(answer).Operations) expect(["400", "404"]).toContain(status);
    expect(await snapshot()).toEqual(before);
  });

  it("takes no cursor of the other's search", async () => {
    for (const by of [ours, theirs]) await populate(by, `more-${by.loginMethodId}`);
    const { nextCursor } = jsonOf(await send("GET", "/Users?count=1&cursor=", { by: theirs }));
    const answer = await send("GET", `/Users?count=1&cursor=${encodeURIComponent(nextCursor)}`);
    if (answer.status !== 200) expectRefusal(answer, [400]);
    expect(answer.text).not.toContain(theirs.loginMethodId);
    expect(answer.text).not.toContain(their.user);
  });
});

describe("nobody becomes somebody else (CVE-2025-41115, GitLab #363058)", () => {
  it("by an externalId that is a number, or the id of somebody", async () => {
    const person = (externalId: unknown) => ({
      schemas: [USER_URN],
      userName: `${randomUUID()}@example.com`,
      externalId,
    });
    const db = await database();
    const linked = async (id: string) => {
      const { rows } = await db.execute<{ user_id: string }>(
        sql`select user_id from scim_users where id = ${id}`,
      );
      return rows[0]?.user_id;
    };
    const victim = await linked(their.user);
    const number = await send("POST", "/Users", { body: person(1) });
    if (number.status === 201) expect(jsonOf(number).externalId).toBe("1");
    else expectRefusal(number, [400]);
    for (const externalId of [victim, their.user, our.user]) {
      const made = await send("POST", "/Users", { body: person(externalId) });
      expect(made.status).toBe(201);
      expect([victim, await linked(our.user)]).not.toContain(await linked(jsonOf(made).id));
    }
  });

  it("by writing the id, or whom it is linked with", async () => {
    const { id } = jsonOf(
      await send("POST", "/Users", {
        body: {
          schemas: [USER_URN],
          id: their.user,
          userId: their.user,
          user_id: their.user,
          loginMethodId: theirs.loginMethodId,
          meta: { version: 'W/"99"', created: "1990-01-01T00:00:00Z" },
          userName: "id-writer@example.com",
        },
      }),
    );
    expect(id).not.toBe(their.user);
    const read = await send("GET", `/Users/${id}`);
    expect(read.headers.etag).toBe('W/"1"');
    expect(read.text).not.toMatch(/1990-01-01|loginMethodId|user_id/);
  });
});

describe("a door that is closed says nothing of what is behind it (CVE-2026-43640)", () => {
  const refusals: string[] = [];
  afterEach(async () => {
    const db = await database();
    await db
      .update(loginMethods)
      .set({ enabled: true, scim: { enabled: true, user_deprovision: true } })
      .where(eq(loginMethods.id, ours.loginMethodId));
  });
  const change = async (values: Partial<typeof loginMethods.$inferInsert>) => {
    const db = await database();
    await db.update(loginMethods).set(values).where(eq(loginMethods.id, ours.loginMethodId));
  };

  it.each<[string, () => Promise<unknown>, Sent]>([
    ["a login method that is not there", async () => undefined, { at: `/scim/v2/${randomUUID()}` }],
    ["an id that is none", async () => undefined, { at: "/scim/v2/1'--" }],
    ["no id", async () => undefined, { at: "/scim/v2" }],
    ["a disabled login method", () => change({ enabled: false }), {}],
    ["SCIM turned off", () => change({ scim: { enabled: false } }), {}],
    ["a wrong secret", async () => undefined, { headers: { authorization: "Bearer x" } }],
    [
      "a secret of the wrong scheme",
      async () => undefined,
      { headers: { authorization: "Basic eA==" } },
    ],
    ["no secret", async () => undefined, { headers: { authorization: "" } }],
  ])("%s", async (_, prepare, sent) => {
    await prepare();
    const before = await snapshot();
    const answers = [
      await send("GET", "/Users", sent),
      await send("DELETE", `/Users/${our.user}`, sent),
      await send("POST", "/Users", { ...sent, raw: "{" }),
      await send("GET", "/ServiceProviderConfig", sent),
    ];
    for (const answer of answers) {
      expectRefusal(answer, [401]);
      expect(answer.headers["www-authenticate"]).toBe('Bearer realm="SCIM"');
      refusals.push(answer.text);
    }
    expect(new Set(refusals).size).toBe(1);
    expect(await snapshot()).toEqual(before);
  });

  it("opens again at once", async () => {
    expect((await send("GET", "/Users?count=0")).status).toBe(200);
  });
});

const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;
const named = (more: object) => ({ schemas: [USER_URN], userName: "bad@example.com", ...more });
const patched = (...Operations: unknown[]) => ({ schemas: [PATCH_URN], Operations });
const raw = (text: string) => `{"schemas":["${USER_URN}"],"userName":"bad@example.com",${text}}`;

type Case = [title: string, method: string, path: () => string, sent: Sent, statuses: number[]];
const people = () => "/Users";
const person = () => `/Users/${our.user}`;
const group = () => `/Groups/${our.group}`;

const BODIES: Case[] = [
  ["plain text", "POST", people, { raw: "{}", headers: { "content-type": "text/plain" } }, [415]],
  [
    "a form",
    "POST",
    people,
    { raw: "userName=x", headers: { "content-type": "application/x-www-form-urlencoded" } },
    [415],
  ],
  ["XML", "PUT", person, { raw: "<a/>", headers: { "content-type": "application/xml" } }, [415]],
  [
    "a compressed body",
    "POST",
    people,
    { raw: "x", headers: { "content-encoding": "gzip" } },
    [415],
  ],
  ["no body", "POST", people, { raw: "" }, [400]],
  ["no body", "PATCH", person, {}, [400]],
  ["half of a body", "POST", people, { raw: '{"userName":' }, [400]],
  ["two bodies", "POST", people, { raw: "{}{}" }, [400]],
  ["bytes that are no UTF-8", "POST", people, { raw: Buffer.from([0x22, 0xff, 0x22]) }, [400]],
  ["null", "POST", people, { raw: "null" }, [400]],
  ["a list", "POST", people, { raw: "[]" }, [400]],
  ["a text", "PUT", person, { raw: '"x"' }, [400]],
  ["a number", "PATCH", group, { raw: "1" }, [400]],
  ["100,000 brackets", "POST", people, { raw: "[".repeat(100_000) }, [400]],
  ["100,000 closed brackets", "POST", people, { raw: "[".repeat(1e5) + "]".repeat(1e5) }, [400]],
  ["an object 10,000 deep", "POST", people, { raw: raw(`"x":${nested(10_000)}`) }, [400]],
  ["an extension 40 deep", "POST", people, { raw: raw(`"urn:a:b":${nested(40)}`) }, [400]],
  [
    "a PATCH value 10,000 deep",
    "PATCH",
    person,
    { raw: `{"Operations":[{"op":"add","value":${nested(10_000)}}]}` },
    [400],
  ],
  ["17 MB", "POST", people, { raw: `{"userName":"${"x".repeat(17 * 1_048_576)}"}` }, [413]],
  [
    "a userName of a megabyte",
    "POST",
    people,
    { body: named({ userName: "x".repeat(1_048_576) }) },
    [400],
  ],
  [
    "100,000 emails",
    "POST",
    people,
    { body: named({ emails: Array.from({ length: 1e5 }, (_, at) => ({ value: `${at}@x.org` })) }) },
    [400, 413],
  ],
  ["an empty userName", "POST", people, { body: named({ userName: "" }) }, [400]],
  ["a userName of blanks", "POST", people, { body: named({ userName: "  " }) }, [400]],
  ["no userName", "POST", people, { body: { schemas: [USER_URN] } }, [400]],
  ["a number for userName", "POST", people, { body: named({ userName: 7 }) }, [400]],
  ["a list for userName", "POST", people, { body: named({ userName: ["x"] }) }, [400]],
  [
    "an object for userName",
    "POST",
    people,
    { body: named({ userName: { toString: "x" } }) },
    [400],
  ],
  ["another word for active", "POST", people, { body: named({ active: "perhaps" }) }, [400]],
  ["a number for name", "POST", people, { body: named({ name: 7 }) }, [400]],
  ["an object for emails", "POST", people, { body: named({ emails: 7 }) }, [400]],
  ["NUL in a name", "POST", people, { body: named({ userName: "a\u0000b@example.com" }) }, [400]],
  ["NUL in an extension", "POST", people, { body: named({ "urn:x:y": { a: "\u0000" } }) }, [400]],
  [
    "NUL in a name of an attribute",
    "POST",
    people,
    { body: named({ "urn:x:y": { "a\u0000": 1 } }) },
    [400],
  ],
  ["half of a surrogate pair", "POST", people, { raw: raw('"title":"\\ud800"') }, [400]],
  ["schemas of something else", "POST", people, { body: named({ schemas: [GROUP_URN] }) }, [400]],
  ["schemas that is a text", "POST", people, { body: named({ schemas: USER_URN }) }, [400]],
  ["__proto__", "POST", people, { raw: raw('"__proto__":{"active":false}') }, [400]],
  ["__proto__ in name", "POST", people, { raw: raw('"name":{"__proto__":{"x":1}}') }, [400]],
  [
    "__proto__ in an extension",
    "POST",
    people,
    { raw: raw('"urn:x:y":{"a":{"__proto__":1}}') },
    [400],
  ],
  ["constructor", "PUT", person, { raw: raw('"constructor":{"prototype":{"x":1}}') }, [400]],
  ["prototype", "PUT", group, { raw: '{"displayName":"x","prototype":1}' }, [400]],
  [
    "a path __proto__",
    "PATCH",
    person,
    { body: patched({ op: "add", path: "__proto__.x", value: 1 }) },
    [400],
  ],
  [
    "a path constructor.prototype.x",
    "PATCH",
    person,
    { body: patched({ op: "add", path: "constructor.prototype.x", value: 1 }) },
    [400],
  ],
  [
    "a path into a prototype",
    "PATCH",
    person,
    { body: patched({ op: "add", path: "name.__proto__", value: { x: 1 } }) },
    [400],
  ],
  [
    "__proto__ in a value",
    "PATCH",
    person,
    { raw: '{"Operations":[{"op":"add","value":{"__proto__":{"x":1}}}]}' },
    [400],
  ],
  [
    "a dotted name __proto__ in a value",
    "PATCH",
    person,
    { raw: '{"Operations":[{"op":"add","value":{"name.__proto__.x":1}}]}' },
    [400],
  ],
  ["Operations that is an object", "PATCH", person, { body: { Operations: {} } }, [400]],
  [
    "1,001 operations",
    "PATCH",
    person,
    {
      body: patched(
        ...Array.from({ length: 1001 }, () => ({ op: "add", path: "title", value: "x" })),
      ),
    },
    [400, 413],
  ],
  ["op that is an object", "PATCH", person, { body: patched({ op: {}, path: "title" }) }, [400]],
  [
    "a path that is a list",
    "PATCH",
    person,
    { body: patched({ op: "add", path: ["title"], value: "x" }) },
    [400],
  ],
  [
    "a path 100,000 long",
    "PATCH",
    person,
    { body: patched({ op: "remove", path: `emails[${"(".repeat(1e5)}` }) },
    [400],
  ],
  [
    "a number for members",
    "PATCH",
    group,
    { body: patched({ op: "add", path: "members", value: 7 }) },
    [400],
  ],
  [
    "members of numbers",
    "PATCH",
    group,
    { body: patched({ op: "add", path: "members", value: [{ value: 7 }] }) },
    [400],
  ],
  [
    "a member that is SQL",
    "PATCH",
    group,
    {
      body: patched({ op: "add", path: "members", value: [{ value: "'); drop table users; --" }] }),
    },
    [400],
  ],
  [
    "a filter of members that is SQL",
    "PATCH",
    group,
    { body: patched({ op: "remove", path: 'members[value eq "\' or 1=1 --" and x]' }) },
    [400],
  ],
  [
    "an empty name of a group",
    "PUT",
    group,
    { body: { schemas: [GROUP_URN], displayName: "" } },
    [400],
  ],
  ["a Bulk of no operations", "POST", () => "/Bulk", { body: { Operations: 7 } }, [400]],
  [
    "a Bulk of 1,001 operations",
    "POST",
    () => "/Bulk",
    {
      body: {
        Operations: Array.from({ length: 1001 }, () => ({ method: "DELETE", path: "/Users/x" })),
      },
    },
    [413],
  ],
  ["a Bulk inside a search", "POST", () => "/Bulk/.search", { body: {} }, [404]],
];

const query = (text: string) => () => `/Users?${text}`;
const filter = (text: string) => query(`filter=${encodeURIComponent(text)}`);
const QUERIES: Case[] = [
  ["half of a filter", "GET", filter('userName eq "'), {}, [400]],
  ["a filter that is SQL", "GET", filter("1=1; drop table users"), {}, [400]],
  ["a filter 5,000 long", "GET", filter(`userName eq "${"x".repeat(5_000)}"`), {}, [400]],
  [
    "a filter 1,000 deep",
    "GET",
    filter(`${"(".repeat(1000)}title pr${")".repeat(1000)}`),
    {},
    [400],
  ],
  ["a filter of passwords", "GET", filter('password sw "a"'), {}, [400, 403]],
  ["a cursor that is SQL", "GET", query("cursor=%27%20or%201%3D1"), {}, [400]],
  ["a count that is a word", "GET", query("count=all"), {}, [400]],
  ["a startIndex that is a word", "GET", query("startIndex=first"), {}, [400]],
  ["an id that is SQL", "GET", () => "/Users/'%20or%20'1'='1", {}, [404]],
  ["an id 8,000 long", "GET", () => `/Users/${"x".repeat(8_000)}`, {}, [404]],
  ["an id with a line break", "GET", () => "/Users/x%0d%0aset-cookie:%20a=b", {}, [400, 401, 404]],
  [
    "a version that is a list",
    "DELETE",
    person,
    { headers: { "if-match": 'W/"7", W/"8"' } },
    [412],
  ],
  ["another method", "PURGE", people, {}, [404, 405]],
  ["TRACE", "TRACE", people, {}, [404, 405]],
  [
    "an overridden method",
    "GET",
    () => `/Users/${randomUUID()}`,
    { headers: { "x-http-method-override": "DELETE" } },
    [404],
  ],
];

describe("what no client should send is refused, and changes and tells nothing", () => {
  it.each([...BODIES, ...QUERIES])("%s (%s)", async (_title, method, path, sent, statuses) => {
    const before = await snapshot();
    const answer = await send(method, path(), sent);
    expectRefusal(answer, statuses);
    expect(await snapshot()).toEqual(before);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });

  it.each([
    ["values of SQL in a sort", query("sortBy=id;drop%20table%20users")],
    ["a sort by what is not sorted", query("sortBy=password")],
    ["a filter of wrong types", filter('active eq 7 or meta.created gt "soon" or emails eq true')],
    ["a filter with LIKE's signs", filter('userName co "%" or userName sw "_"')],
    ["a filter with every quote", filter(`title eq "' \\" \\\\ \\u0000 $1 %s"`)],
    ["attributes of SQL", query("attributes=id);drop%20table%20users")],
    ["a huge count", query("count=2147483648&startIndex=9007199254740993")],
    ["many parameters", () => `/Users?${"filter=title%20pr&".repeat(100)}count=1`],
  ])("%s is answered with or without results, and nothing else", async (_, path) => {
    const before = await snapshot();
    const answer = await send("GET", path());
    expect([200, 400], answer.text).toContain(answer.status);
    if (answer.status === 400) expectRefusal(answer, [400]);
    expect(await snapshot()).toEqual(before);
  });

  it("unknown attributes of the core are left out, and those of extensions kept as they were sent", async () => {
    const body = {
      schemas: [USER_URN, "urn:example:shoes"],
      userName: "unknown@example.com",
      isAdmin: true,
      seat: true,
      password: "hunter2-hunter2",
      "urn:example:shoes": { size: 44, laces: ["left", "right"] },
    };
    const made = await send("POST", "/Users", { body });
    expect(made.status).toBe(201);
    expect(jsonOf(made)).toMatchObject({ "urn:example:shoes": { size: 44 } });
    expect(made.text).not.toMatch(/isAdmin|"seat"|hunter2/);
    const db = await database();
    const { rows } = await db.execute(
      sql`select 1 from scim_users t where t::text like '%hunter2%'
        union all select 1 from scim_log t where t::text like '%hunter2%'`,
    );
    expect(rows).toEqual([]);
  });
});

describe("guesses and floods", () => {
  afterEach(() => void vi.useRealTimers());

  it("of one address end with 429 after 60 wrong secrets, and the right one still gets in", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
    const headers = { "x-forwarded-for": "203.0.113.9" };
    const guess = () =>
      send("GET", "/Users", { headers: { ...headers, authorization: "Bearer no" } });
    for (let at = 0; at < 60; at += 1) expect((await guess()).status).toBe(401);
    const refused = await guess();
    expectRefusal(refused, [429]);
    expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
    expect((await send("GET", "/Users?count=0", { headers })).status).toBe(200);
    const elsewhere = { "x-forwarded-for": "203.0.113.10", authorization: "Bearer no" };
    expectRefusal(await send("GET", "/Users", { headers: elsewhere }), [401]);
  });

  it("of one secret end with 429, and another secret still gets in", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
    const db = await database();
    const [secret] = await db
      .select({ id: scimSecrets.id })
      .from(scimSecrets)
      .where(eq(scimSecrets.loginMethodId, ours.loginMethodId));
    const use = () => countRequest(secret?.id ?? "");
    expect(() => {
      for (let at = 0; at < 100_000; at += 1) use();
    }).toThrow(/Too many requests/);
    const before = await snapshot();
    const body = { schemas: [USER_URN], userName: "flood@example.com" };
    const refused = await send("POST", "/Users", { body });
    expectRefusal(refused, [429]);
    expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
    expect(await snapshot()).toEqual(before);
    expect((await send("GET", "/Users?count=0", { by: theirs })).status).toBe(200);
  });

  it("of Groups end with 403 at 100,000 of them, and what is there can still be changed", async () => {
    const by = await scimClientOf(owner);
    const db = await database();
    await db.execute(sql`
      insert into scim_groups (login_method_id, display_name, display_name_key, attributes)
      select ${by.loginMethodId}, 'g' || n, 'g' || n, '{}' from generate_series(1, 100000) n`);
    const body = { schemas: [GROUP_URN], displayName: "one more" };
    expectRefusal(await send("POST", "/Groups", { by, body }), [403]);
    const path = `/Groups?filter=${encodeURIComponent('displayName eq "g7"')}`;
    const { id } = jsonOf(await send("GET", path, { by })).Resources[0];
    expect((await send("PUT", `/Groups/${id}`, { by, body })).status).toBe(200);
    expect((await send("DELETE", `/Groups/${id}`, { by })).status).toBe(204);
    expect((await send("POST", "/Groups", { by, body })).status).toBe(201);
  });
});
