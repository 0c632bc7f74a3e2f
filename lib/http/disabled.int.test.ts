import { and, eq } from "drizzle-orm";
import { describe, expect, it, vi } from "vitest";
import { database } from "@/db/client";
import { accessLog } from "@/db/schema/access-log";
import { loginMethods } from "@/db/schema/login-methods";
import { users } from "@/db/schema/users";
import { accessQuerySchema } from "@/lib/access-log/schema";
import { listAccess } from "@/lib/access-log/store";
import { reasonWords } from "@/lib/access-log/words";
import { removeApplication } from "@/lib/applications/store";
import { setApplicationEnabled } from "@/lib/applications/switches/store";
import { setLoginMethodEnabled } from "@/lib/login-methods/enabled/store";
import { removeLoginMethod } from "@/lib/login-methods/store";
import { DEPROVISION, push, scimClientFor } from "@/lib/scim/effects/testing/store";
import { disableUser, getUser, removeUser } from "@/lib/users/store";
import { PersonBrowser } from "./testing-login";
import {
  back,
  enter,
  insertOpenApplication,
  leave,
  type Method,
  usePeople,
} from "./testing-people";

const people = usePeople();

/** What a case is about: each has a login method, an application and a person of its own. */
interface Subject {
  host: string;
  method: Method;
  applicationId: string;
  userId: string;
}

/** The provider pushes the person as inactive, and is to keep such people out. */
async function deactivate({ method, userId }: Pick<Subject, "method" | "userId">): Promise<void> {
  const db = await database();
  const scim = { enabled: true, ...DEPROVISION };
  await db.update(loginMethods).set({ scim }).where(eq(loginMethods.id, method.id));
  const { email } = await getUser(people.owner, userId);
  await push(scimClientFor(method, scim), { userName: email, active: false });
}

const ACTS: [string, (subject: Subject) => Promise<unknown>][] = [
  [
    "a disabled login method",
    ({ method: { id } }) => setLoginMethodEnabled(people.owner, { id, enabled: false }),
  ],
  ["a deleted login method", ({ method: { id } }) => removeLoginMethod(people.owner, id)],
  [
    "a disabled application",
    ({ applicationId: id }) => setApplicationEnabled(people.owner, { id, enabled: false }),
  ],
  ["a deleted application", ({ applicationId: id }) => removeApplication(people.owner, id)],
  ["a disabled user", ({ userId }) => disableUser(people.owner, userId)],
  ["a person whom the provider deactivates by SCIM", (subject) => deactivate(subject)],
];
/** They may come back as another user; what they had is over. */
const REMOVED: (typeof ACTS)[number] = [
  "a removed user",
  ({ userId }) => removeUser(people.owner, userId),
];

let count = 0;

/** Somebody who has signed in once. */
async function begin(): Promise<Subject & { browser: PersonBrowser }> {
  count += 1;
  const host = `off-${count}.example.com`;
  const method = await people.addMethod();
  const application = await insertOpenApplication(host);
  const browser = new PersonBrowser();
  await enter(browser, host, method);
  expect((await browser.ask(host)).allowed).toBe(true);
  const db = await database();
  const [user] = await db.select().from(users).where(eq(users.loginMethodId, method.id));
  return { host, method, applicationId: application.id, userId: user?.id ?? "", browser };
}

/** What design.md promises within a second; a busy machine is given more. */
const keptOut = (browser: PersonBrowser, host: string) =>
  vi.waitFor(async () => expect((await browser.ask(host)).allowed).toBe(false), {
    timeout: 5_000,
    interval: 20,
  });

describe.each([...ACTS, REMOVED])("%s (disabled means disabled)", (_what, act) => {
  it("ends live sessions, and signs nobody in silently again", async () => {
    const { browser, ...subject } = await begin();
    await act(subject);
    await keptOut(browser, subject.host);
    const denied = await browser.ask(subject.host);
    const login = String(denied.headers.location ?? "");
    if (login) {
      const page = await browser.team.open(login);
      expect(page.headers.get("location") ?? "").not.toContain("/authorized");
    }
    expect((await browser.ask(subject.host)).allowed).toBe(false);
  });

  it("between the callback and the application's host lets nobody in", async () => {
    const subject = await begin();
    const browser = new PersonBrowser();
    const { provider } = await leave(browser, subject.host, "/", subject.method);
    const callback = await back(browser, provider);
    const to = callback.headers.get("location") ?? "";
    expect(to).toContain("/cdn-cgi/access/authorized?nonce=");
    await act(subject);
    await keptOut(subject.browser, subject.host);
    await browser.visit(to);
    expect((await browser.ask(subject.host)).allowed).toBe(false);
  });
});

describe.each(ACTS)("%s (disabled means disabled)", (_what, act) => {
  it("while the person is at the provider lets nobody in", async () => {
    const subject = await begin();
    const browser = new PersonBrowser();
    const { provider } = await leave(browser, subject.host, "/", subject.method);
    await act(subject);
    // Not waited for: the callback may come before any notification does.
    const callback = await back(browser, provider);
    expect(callback.status).toBe(403);
    expect(callback.headers.get("location")).toBeNull();
    expect(browser.team.jar.has("CF_Authorization")).toBe(false);
    await keptOut(subject.browser, subject.host);
    expect((await browser.ask(subject.host)).allowed).toBe(false);
  });
});

it("a removed user who comes back is another one, without the old sessions", async () => {
  const { browser, ...subject } = await begin();
  const again = new PersonBrowser();
  const { provider } = await leave(again, subject.host, "/", subject.method);
  await removeUser(people.owner, subject.userId);
  const callback = await back(again, provider);
  await again.visit(callback.headers.get("location") ?? "");
  expect((await again.ask(subject.host)).allowed).toBe(true);
  await keptOut(browser, subject.host);
  const db = await database();
  const rows = await db.select().from(users).where(eq(users.loginMethodId, subject.method.id));
  expect(rows).toHaveLength(1);
  expect(rows[0]?.id).not.toBe(subject.userId);
});

it("who deactivated a person, and what to do, stands on their page and in the logs", async () => {
  const { method, userId, host } = await begin();
  await deactivate({ method, userId });
  const browser = new PersonBrowser();
  const { provider } = await leave(browser, host, "/", method);
  const html = await (await back(browser, provider)).text();
  expect(html).toContain("Your organization deactivated this account");
  expect(html).toContain("Ask whoever gives you your accounts");
  const db = await database();
  const [entry] = await db
    .select()
    .from(accessLog)
    .where(and(eq(accessLog.loginMethodId, method.id), eq(accessLog.allowed, false)));
  expect(entry).toMatchObject({ event: "login", reason: "user_deprovisioned", userId });
  expect(reasonWords("user_deprovisioned")).toContain("The provider deactivated this person");
});

it("the attempt of somebody whom an admin disabled stands among their recent activities", async () => {
  const { method, userId, host } = await begin();
  await disableUser(people.owner, userId);
  const browser = new PersonBrowser();
  const { provider } = await leave(browser, host, "/", method);
  await back(browser, provider);
  const { entries } = await listAccess(people.owner, accessQuerySchema.parse({ user: userId }));
  expect(entries[0]).toMatchObject({ event: "login", allowed: false, reason: "user_disabled" });
});
