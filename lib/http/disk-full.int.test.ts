import { sql } from "drizzle-orm";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { database } from "@/db/client";
import { insertGuardedApplication } from "@/db/testing-rows";
import { gate } from "@/lib/gate/state";
import { PersonBrowser } from "./testing-login";
import { back, enter, insertOpenApplication, leave, usePeople } from "./testing-people";

const people = usePeople();
const HOST = "wiki.example.com";
const CLOSED = "closed.example.com";

/** Tables that a login or the gate writes to. */
const WRITTEN = [
  ...["access_log", "users", "sessions", "session_applications", "revocations"],
  ...["logins", "handoffs", "test_runs", "sign_in_throttle"],
];

/** PostgreSQL's own answer when a table cannot grow: SQLSTATE 53100. */
async function fill(tables: readonly string[]): Promise<void> {
  const db = await database();
  await db.execute(sql`
    create or replace function disk_full() returns trigger language plpgsql as $$
    begin
      raise exception using errcode = '53100',
        message = 'could not extend file: No space left on device';
    end $$`);
  for (const table of tables) {
    await db.execute(
      sql`create trigger disk_full before insert or update on ${sql.identifier(table)}
          for each row execute function disk_full()`,
    );
  }
}

async function free(): Promise<void> {
  await (await database()).execute(sql`drop function if exists disk_full() cascade`);
}

let browser: PersonBrowser;
beforeAll(async () => {
  await insertGuardedApplication(HOST);
  await insertOpenApplication(CLOSED, { policy: { decision: "deny" } });
  browser = new PersonBrowser();
  await enter(browser, HOST, people.method);
});
afterEach(free);

describe("when the Access log cannot grow (disk full)", () => {
  it("what was decided holds: a session goes on, a refusal stays one, and people sign in", async () => {
    await fill(["access_log"]);
    expect((await browser.ask(HOST)).allowed).toBe(true);
    expect(await browser.ask(CLOSED)).toMatchObject({ allowed: false, status: 403 });
    expect(await browser.ask("unknown.example.com")).toMatchObject({ allowed: false, status: 403 });
    const another = new PersonBrowser();
    await enter(another, HOST, people.method, { who: "bob" });
    expect((await another.ask(HOST)).allowed).toBe(true);
  });
});

describe("when no table can grow (disk full)", () => {
  it("sessions go on, and nobody new gets in, wherever the login stands", async () => {
    const atProvider = new PersonBrowser();
    const { provider } = await leave(atProvider, HOST, "/", people.method);
    const atCallback = new PersonBrowser();
    const left = await leave(atCallback, HOST, "/", people.method);
    const callback = await back(atCallback, left.provider);
    const authorized = callback.headers.get("location") ?? "";
    await fill(WRITTEN);
    // A session that is not in memory is read, not written.
    gate().sessions.dropAll();
    expect((await browser.ask(HOST)).allowed).toBe(true);

    const began = await leave(new PersonBrowser(), HOST, "/", people.method);
    expect(began.page.status).toBe(200);
    expect(began.provider).toBe("");
    const came = await back(atProvider, provider);
    expect(came.status).toBeGreaterThanOrEqual(400);
    expect(atProvider.team.jar.has("CF_Authorization")).toBe(false);
    expect((await atProvider.ask(HOST)).allowed).toBe(false);
    // Who was judged and let in before only fetches the token: that writes nothing new.
    await atCallback.visit(authorized);
    expect((await atCallback.ask(HOST)).allowed).toBe(true);
  });

  it("and afterwards people sign in again without a restart", async () => {
    await fill(WRITTEN);
    await leave(new PersonBrowser(), HOST, "/", people.method);
    await free();
    const another = new PersonBrowser();
    await enter(another, HOST, people.method, { who: "grace" });
    await vi.waitFor(async () => expect((await another.ask(HOST)).allowed).toBe(true));
  });
});
