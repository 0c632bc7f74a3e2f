import { randomUUID } from "node:crypto";
import { desc, eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { database } from "@/db/client";
import { loginMethods } from "@/db/schema/login-methods";
import { scimHealth, scimLog, scimMembers, scimUsers } from "@/db/schema/scim";
import { users } from "@/db/schema/users";
import { useTestDatabase } from "@/db/testing";
import { firstOwner } from "@/lib/admins/testing";
import type { Owner } from "@/lib/kit/actor";
import { machine } from "./app";
import { CONSOLE } from "./testing-journey";
import { scimClientOf, type TestScimClient } from "./testing-scim";

vi.stubEnv("GATEHOUSE_URL", CONSOLE);
useTestDatabase();

const USER = "urn:ietf:params:scim:schemas:core:2.0:User";
const GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group";

let owner: Owner;
let client: TestScimClient;
beforeAll(async () => {
  owner = await firstOwner();
  client = await scimClientOf(owner);
});

let serial = 0;
const person = (over: object = {}) => {
  serial += 1;
  return {
    schemas: [USER],
    userName: `p${serial}@example.com`,
    externalId: `ext-${serial}`,
    name: { givenName: "Pat", familyName: `No ${serial}` },
    emails: [{ value: `P${serial}@example.com`, type: "work", primary: true }],
    active: true,
    ...over,
  };
};
const makeUser = async (over: object = {}, by = client) =>
  (await by.send("POST", "/Users", person(over))).body;
const makeGroup = async (members: { id: string }[], by = client) =>
  (
    await by.send("POST", "/Groups", {
      schemas: [GROUP],
      displayName: `Group ${randomUUID()}`,
      members: members.map(({ id }) => ({ value: id })),
    })
  ).body;
/** Whether the endpoint has let this client in. */
const heard = async ({ loginMethodId }: TestScimClient) =>
  (await database()).$count(scimHealth, eq(scimHealth.loginMethodId, loginMethodId));
const memberIds = async (id: string) =>
  ((await client.send("GET", `/Groups/${id}`)).body.members ?? [])
    .map(({ value }: { value: string }) => value)
    .sort();

describe("Users", () => {
  it("are created with Location, ETag and meta, and read back the same", async () => {
    const sent = person({ nickName: "Pat", [`${USER}:x`]: 1 });
    const made = await client.send("POST", "/Users", sent);
    expect(made.status).toBe(201);
    expect(made.headers.get("content-type")).toBe("application/scim+json; charset=utf-8");
    expect(made.headers.get("location")).toBe(`${client.base}/Users/${made.body.id}`);
    expect(made.headers.get("etag")).toBe('W/"1"');
    expect(made.body).toMatchObject({
      schemas: [USER],
      userName: sent.userName,
      externalId: sent.externalId,
      active: true,
      nickName: "Pat",
      meta: { resourceType: "User", location: made.headers.get("location"), version: 'W/"1"' },
    });
    const read = await client.send("GET", `/Users/${made.body.id}`);
    expect(read.body).toEqual(made.body);
  });

  it("with a userName that another has, in whatever case, are refused with 409", async () => {
    const { userName } = await makeUser();
    const twice = await client.send("POST", "/Users", person({ userName: userName.toUpperCase() }));
    expect([twice.status, twice.body.scimType]).toEqual([409, "uniqueness"]);
    const other = await makeUser();
    const renamed = await client.patch(`/Users/${other.id}`, {
      op: "replace",
      path: "userName",
      value: userName,
    });
    expect([renamed.status, renamed.body.scimType]).toEqual([409, "uniqueness"]);
  });

  it("are replaced by PUT, which does not reactivate whom it says nothing about", async () => {
    const made = await makeUser({ nickName: "Pat" });
    const { id, userName } = made;
    await client.patch(`/Users/${id}`, { op: "Replace", path: "active", value: "False" });
    const put = await client.send("PUT", `/Users/${id}`, { schemas: [USER], userName });
    expect(put.body).toMatchObject({ active: false, userName });
    expect(put.body.nickName).toBeUndefined();
    expect(put.headers.get("etag")).toBe('W/"3"');
  });

  it("that nothing changed keep their version", async () => {
    const { id } = await makeUser();
    const same = await client.patch(`/Users/${id}`, { op: "replace", value: { active: true } });
    expect([same.status, same.headers.get("etag")]).toEqual([200, 'W/"1"']);
  });

  it("heed If-Match and If-None-Match", async () => {
    const { id } = await makeUser();
    const change = {
      schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
      Operations: [{ op: "replace", path: "title", value: "Dr" }],
    };
    const late = await client.send("PATCH", `/Users/${id}`, change, { "if-match": 'W/"7"' });
    expect(late.status).toBe(412);
    const right = await client.send("PATCH", `/Users/${id}`, change, { "if-match": 'W/"1"' });
    expect(right.status).toBe(200);
    const known = await client.send("GET", `/Users/${id}`, undefined, { "if-none-match": 'W/"2"' });
    expect([known.status, known.body]).toEqual([304, null]);
    const gone = await client.send("DELETE", `/Users/${id}`, undefined, { "if-match": 'W/"1"' });
    expect(gone.status).toBe(412);
  });

  it("are deleted, and then are not there", async () => {
    const { id } = await makeUser();
    expect((await client.send("DELETE", `/Users/${id}`)).status).toBe(204);
    for (const method of ["GET", "DELETE"]) {
      const again = await client.send(method, `/Users/${id}`);
      expect([again.status, again.body.status]).toEqual([404, "404"]);
    }
  });

  it("are registered as people who have not signed in, without a seat", async () => {
    const { userName } = await makeUser();
    const db = await database();
    const rows = await db.select().from(users).where(eq(users.email, userName));
    expect(rows).toMatchObject([{ source: "scim", issuer: "", seat: false, lastLoginAt: null }]);
  });
});

describe("lists", () => {
  it("are filtered, sorted and paged, with a total", async () => {
    const own = await scimClientOf(owner);
    for (const name of ["c", "a", "b"]) await makeUser({ userName: `${name}@list.test` }, own);
    const names = ({ body }: { body: { Resources: { userName: string }[] } }) =>
      body.Resources.map(({ userName }) => userName[0]).join("");
    expect(names(await own.send("GET", "/Users"))).toBe("cab");
    expect(names(await own.send("GET", "/Users?sortBy=userName"))).toBe("abc");
    expect(names(await own.send("GET", "/Users?sortBy=userName&sortOrder=descending"))).toBe("cba");
    const second = await own.send("GET", "/Users?sortBy=userName&startIndex=2&count=1");
    expect(names(second)).toBe("b");
    expect(second.body).toMatchObject({ totalResults: 3, itemsPerPage: 1, startIndex: 2 });
    const none = await own.send("GET", "/Users?count=0");
    expect(none.body).toMatchObject({ totalResults: 3, itemsPerPage: 0, Resources: [] });
    const filtered = await own.send(
      "GET",
      `/Users?filter=${encodeURIComponent('userName eq "A@LIST.TEST" or userName sw "c"')}`,
    );
    expect(names(filtered)).toBe("ca");
    const search = await own.send("POST", "/Users/.search", {
      schemas: ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"],
      filter: 'userName eq "b@list.test"',
      attributes: ["userName"],
    });
    expect(search.body.Resources).toEqual([
      { schemas: [USER], id: expect.any(String), userName: "b@list.test" },
    ]);
  });

  it.each(["", "&sortBy=userName"])("page by cursor to the end (RFC 9865)%s", async (sort) => {
    const own = await scimClientOf(owner);
    for (let at = 0; at < 5; at += 1) await makeUser({}, own);
    const seen: string[] = [];
    let cursor: string | undefined = "";
    for (let page = 0; cursor !== undefined && page < 9; page += 1) {
      const { body } = await own.send(
        "GET",
        `/Users?count=2&cursor=${encodeURIComponent(cursor)}${sort}`,
      );
      expect(body.totalResults).toBe(5);
      seen.push(...body.Resources.map(({ id }: { id: string }) => id));
      cursor = body.nextCursor;
    }
    expect(new Set(seen).size).toBe(5);
    expect(seen.length).toBe(5);
    const forged = await own.send("GET", "/Users?cursor=nonsense");
    expect([forged.status, forged.body.scimType]).toEqual([400, "invalidCursor"]);
  });

  it("of everything have Users first, then Groups", async () => {
    const own = await scimClientOf(owner);
    const user = await makeUser({}, own);
    const group = await makeGroup([], own);
    const all = await own.send("POST", "/.search", { count: 10 });
    expect(all.body.totalResults).toBe(2);
    expect(all.body.Resources.map(({ id }: { id: string }) => id)).toEqual([user.id, group.id]);
    const second = await own.send("POST", "/.search", { startIndex: 2, count: 10 });
    expect(second.body.Resources.map(({ id }: { id: string }) => id)).toEqual([group.id]);
  });
});

describe("Groups", () => {
  it("take and lose members one by one", async () => {
    const [ann, bob] = [await makeUser(), await makeUser()];
    const group = await makeGroup([ann]);
    expect(group.members).toMatchObject([
      { value: ann.id, type: "User", $ref: `${client.base}/Users/${ann.id}` },
    ]);
    const add = await client.patch(`/Groups/${group.id}`, {
      op: "add",
      path: "members",
      value: [{ value: bob.id }, { value: ann.id }],
    });
    expect([add.status, add.body.members.length, add.headers.get("etag")]).toEqual([
      200,
      2,
      'W/"2"',
    ]);
    expect(await memberIds(group.id)).toEqual([ann.id, bob.id].sort());
    const remove = await client.patch(`/Groups/${group.id}`, {
      op: "remove",
      path: `members[value eq "${ann.id}"]`,
    });
    expect(remove.status).toBe(200);
    expect(await memberIds(group.id)).toEqual([bob.id]);
    const of = await client.send("GET", `/Users/${bob.id}`);
    expect(of.body.groups).toEqual([
      {
        value: group.id,
        display: group.displayName,
        type: "direct",
        $ref: `${client.base}/Groups/${group.id}`,
      },
    ]);
  });

  it("are renamed without losing members, by PATCH and by PUT", async () => {
    const ann = await makeUser();
    const { id } = await makeGroup([ann]);
    const displayName = `New ${randomUUID()}`;
    await client.patch(`/Groups/${id}`, { op: "replace", value: { id, displayName } });
    await client.send("PUT", `/Groups/${id}`, { schemas: [GROUP], displayName });
    expect(await memberIds(id)).toEqual([ann.id]);
    await client.send("PUT", `/Groups/${id}`, { schemas: [GROUP], displayName, members: [] });
    expect(await memberIds(id)).toEqual([]);
  });

  it("lose no member when fifty are added at the same moment", async () => {
    const people = await Promise.all(Array.from({ length: 50 }, () => makeUser()));
    const group = await makeGroup([]);
    const answers = await Promise.all(
      people.map(({ id }) =>
        client.patch(`/Groups/${group.id}`, { op: "add", path: "members", value: [{ value: id }] }),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(await memberIds(group.id)).toEqual(people.map(({ id }) => id).sort());
  });

  it("with many members answer a PATCH with 204, and say what was asked for when asked", async () => {
    const people = await Promise.all(Array.from({ length: 101 }, () => makeUser()));
    const { id } = await makeGroup(people);
    const change = { op: "replace", path: "externalId", value: "many" };
    const plain = await client.patch(`/Groups/${id}`, change);
    expect([plain.status, plain.body, plain.headers.get("etag")]).toEqual([204, null, 'W/"2"']);
    const asked = await client.patch(`/Groups/${id}?excludedAttributes=members`, change);
    expect([asked.status, asked.body.externalId, asked.body.members]).toEqual([
      200,
      "many",
      undefined,
    ]);
  });

  it.each([
    ["nobody", () => randomUUID()],
    ["no id", () => "x' or 1=1 --"],
  ])("refuse a member that is %s", async (_, id) => {
    const group = await makeGroup([]);
    const value = [{ value: id() }];
    const answer = await client.patch(`/Groups/${group.id}`, { op: "add", path: "members", value });
    expect([answer.status, answer.body.scimType]).toEqual([400, "invalidValue"]);
  });

  it("cannot be inside themselves, not even by way of others", async () => {
    const inner = await makeGroup([]);
    const outer = await makeGroup([inner]);
    const circle = await client.patch(`/Groups/${inner.id}`, {
      op: "add",
      path: "members",
      value: [{ value: outer.id }],
    });
    expect([circle.status, circle.body.scimType]).toEqual([400, "invalidValue"]);
  });

  it("go with their memberships", async () => {
    const ann = await makeUser();
    const { id } = await makeGroup([ann]);
    expect((await client.send("DELETE", `/Groups/${id}`)).status).toBe(204);
    const db = await database();
    expect(await db.$count(scimMembers, eq(scimMembers.groupId, id))).toBe(0);
    expect((await client.send("GET", `/Users/${ann.id}`)).body.groups).toBeUndefined();
  });
});

describe("the rest", () => {
  it("answers discovery documents, and refuses to filter them", async () => {
    const config = await client.send("GET", "/ServiceProviderConfig");
    expect(config.body).toMatchObject({ patch: { supported: true }, bulk: { supported: true } });
    expect((await client.send("GET", "/Schemas")).body.totalResults).toBe(3);
    expect((await client.send("GET", `/Schemas/${USER}`)).body.id).toBe(USER);
    expect((await client.send("GET", "/ResourceTypes/Group")).body.id).toBe("Group");
    const filtered = await client.send("GET", "/Schemas?filter=id%20pr");
    expect(filtered.status).toBe(403);
  });

  it.each([
    ["GET", "/Me", 501],
    ["GET", "/Nothing", 404],
    ["GET", "/Users/x/y", 404],
    ["PATCH", "/Users", 405],
    ["POST", "/Schemas", 405],
    ["PUT", "/Bulk", 405],
    ["GET", "", 404],
  ])("answers %s %s with %i", async (method, path, status) => {
    const answer = await client.send(method, path, method === "GET" ? undefined : {});
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({
      schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"],
      status: String(status),
    });
  });

  it("takes the bare secret, and asks others who they are", async () => {
    const bare = { authorization: client.secret };
    expect((await client.send("GET", "/Users?count=0", undefined, bare)).status).toBe(200);
    const wrong = await client.send("GET", "/Users", undefined, { authorization: "Bearer no" });
    expect([wrong.status, wrong.body.status]).toEqual([401, "401"]);
    expect(wrong.headers.get("www-authenticate")).toMatch(/^Bearer/);
  });

  it("creates people and their group in one Bulk request", async () => {
    const data = [person(), person()];
    const answer = await client.send("POST", "/Bulk", {
      schemas: ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],
      Operations: [
        {
          method: "POST",
          path: "/Groups",
          bulkId: "g",
          data: {
            schemas: [GROUP],
            displayName: `Bulk ${randomUUID()}`,
            members: [{ value: "bulkId:0" }, { value: "bulkId:1" }],
          },
        },
        ...data.map((each, at) => ({
          method: "POST",
          path: "/Users",
          bulkId: String(at),
          data: each,
        })),
      ],
    });
    const statuses = answer.body.Operations.map(({ status }: { status: string }) => status);
    expect(statuses).toEqual(["201", "201", "201"]);
    const location = answer.body.Operations.find(
      ({ bulkId }: { bulkId: string }) => bulkId === "g",
    ).location;
    expect((await memberIds(location.split("/").at(-1))).length).toBe(2);
  });

  it("keeps in the log what was done and what failed, in words", async () => {
    const own = await scimClientOf(owner);
    const { id, userName } = await makeUser({}, own);
    await own.patch(`/Users/${id}`, { op: "replace", value: { active: false } });
    await own.send("POST", "/Users", "{");
    await own.send("GET", `/Users/${randomUUID()}`);
    const db = await database();
    const rows = await db
      .select()
      .from(scimLog)
      .where(eq(scimLog.loginMethodId, own.loginMethodId))
      .orderBy(desc(scimLog.id));
    expect(rows).toMatchObject([
      { method: "POST", status: 400, scimType: "invalidSyntax" },
      {
        method: "PATCH",
        status: 200,
        client: "okta",
        intent: `Okta deactivated ${userName}`,
        resourceType: "USER",
        resourceId: id,
        userEmail: userName,
      },
      { method: "POST", status: 201, intent: `Okta created ${userName}` },
    ]);
  });
});

describe("load that somebody makes (denial of service)", () => {
  it("more attribute names than there are attributes are refused", async () => {
    const names = Array.from({ length: 101 }, (_, at) => `a${at}`).join(",");
    const answer = await client.send("GET", `/Users?attributes=${names}`);
    expect([answer.status, answer.body.scimType]).toEqual([400, "invalidValue"]);
    const repeated = "id,".repeat(5000);
    expect((await client.send("GET", `/Users?attributes=${repeated}`)).status).toBe(200);
  });

  it("a page of groups ends before it has too many members, and the next one goes on", async () => {
    const own = await scimClientOf(owner);
    const db = await database();
    await db.execute(sql`
      with made as (
        insert into scim_users (login_method_id, user_name, user_name_key, attributes)
        select ${own.loginMethodId}, 'm' || n, 'm' || n, '{}' from generate_series(1, 30000) n
        returning id
      ), groups as (
        insert into scim_groups (login_method_id, display_name, display_name_key, attributes)
        select ${own.loginMethodId}, 'g' || n, 'g' || n, '{}' from generate_series(1, 2) n
        returning id
      )
      insert into scim_members (group_id, user_id) select groups.id, made.id from groups, made`);
    const first = await own.send("GET", "/Groups");
    expect(first.body).toMatchObject({ totalResults: 2, itemsPerPage: 1 });
    expect(first.body.Resources[0].members.length).toBe(30_000);
    const second = await own.send("GET", "/Groups?startIndex=2");
    expect(second.body.Resources[0].id).not.toBe(first.body.Resources[0].id);
    const names = await own.send("GET", "/Groups?excludedAttributes=members");
    expect(names.body.itemsPerPage).toBe(2);
  });
});

describe("what is switched off while a request is under way", () => {
  it("SCIM: a body that was on its way changes nothing", async () => {
    const own = await scimClientOf(owner);
    let send: (() => void) | undefined;
    const body = new ReadableStream({
      start(controller) {
        send = () => {
          controller.enqueue(new TextEncoder().encode(JSON.stringify(person())));
          controller.close();
        };
      },
    });
    const answer = machine().request(`${own.base}/Users`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${own.secret}`,
        "content-type": "application/scim+json",
      },
      body,
      duplex: "half",
    } as RequestInit);
    await vi.waitFor(async () => expect(await heard(own)).toBe(1));
    const db = await database();
    await db
      .update(loginMethods)
      .set({ scim: { enabled: false } })
      .where(eq(loginMethods.id, own.loginMethodId));
    send?.();
    expect((await answer).status).toBe(401);
    expect(await db.$count(scimUsers, eq(scimUsers.loginMethodId, own.loginMethodId))).toBe(0);
  });
});
