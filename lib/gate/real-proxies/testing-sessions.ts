import { eq, sql } from "drizzle-orm";
import { beforeAll, expect, it, vi } from "vitest";
import { database } from "@/db/client";
import { applications } from "@/db/schema/applications";
import { loginMethods } from "@/db/schema/login-methods";
import { sessions } from "@/db/schema/sessions";
import { insertGuardedApplication } from "@/db/testing-rows";
import { dataPlane } from "@/lib/http/data-plane";
import { TestBrowser } from "@/lib/http/testing-journey";
import { tokenFor } from "@/lib/http/testing-people";
import { lures } from "@/lib/logins/testing-lures";
import { endOwnSessions } from "@/lib/sessions/store";
import type { RawAnswer } from "./testing-raw";
import { TEAM, type Trial } from "./testing-trial";

type Person = Awaited<ReturnType<typeof tokenFor>> & { applicationId: string };

const ENDS: [string, (person: Person) => Promise<unknown>][] = [
  ["whose session has ended", ({ userId }) => endOwnSessions(dataPlane, userId)],
  [
    "whom the provider gave an address that the policy does not name (stale claims)",
    async ({ sessionId }) => {
      const identity = sql`jsonb_set(${sessions.identity}, '{email}', '"ada@else.example"')`;
      const db = await database();
      await db.update(sessions).set({ identity }).where(eq(sessions.id, sessionId));
    },
  ],
  [
    "whose login method is disabled",
    async ({ loginMethodId: id }) => {
      const db = await database();
      await db.update(loginMethods).set({ enabled: false }).where(eq(loginMethods.id, id));
    },
  ],
  [
    "whose application is disabled",
    async ({ applicationId: id }) => {
      const db = await database();
      await db.update(applications).set({ enabled: false }).where(eq(applications.id, id));
    },
  ],
];

/** Rows 8, 15 and 16: no proxy keeps a yes for another application, or for longer than it holds. */
export function sessionCases(trial: Trial): void {
  const { get, at } = trial;
  let application: Awaited<ReturnType<typeof insertGuardedApplication>>;

  beforeAll(async () => {
    const include = [{ email_domain: { domain: "example.com" } }];
    application = await insertGuardedApplication(at("leaving"), { policy: { include } });
  });

  it("a token of one application opens no other of the same proxy (row 8)", async () => {
    const { token, host } = trial;
    for (const sent of [`Cookie: CF_Authorization=${token}`, `Cf-Access-Token: ${token}`]) {
      expect((await get("/", [sent])).status).toBe(200);
      const before = trial.received.length;
      for (const other of [at("bound"), at("cors"), at("leaving"), at("network")]) {
        expect([401, 403], other).toContain((await get("/", [sent], other)).status);
      }
      for (const path of ["/admin", "/admin/users", `//${host}/../admin`]) {
        await get(path, [sent], at("paths"));
      }
      const astray = trial.received.slice(before).filter(({ url }) => url.includes("/admin"));
      expect(astray).toEqual([]);
      expect((await get("/", [sent])).status).toBe(200);
    }
  });

  it.each(ENDS)("nobody comes through %s (disabled means disabled)", async (_, end) => {
    const person = await tokenFor(application, { issuer: TEAM });
    const asked = () => get("/", [`Cookie: CF_Authorization=${person.token}`], at("leaving"));
    expect((await asked()).status).toBe(200);
    await end({ ...person, applicationId: application.id });
    await vi.waitFor(async () => expect([401, 403]).toContain((await asked()).status), {
      timeout: 5_000,
      interval: 20,
    });
    const before = trial.received.length;
    await asked();
    expect(trial.received.length).toBe(before);
  });
}

const cookieIn = ({ headers }: RawAnswer): string =>
  (headers["set-cookie"] ?? []).map((line) => line.split(";", 1)[0]).join("; ");

/** Request targets that a careless reader takes for another site's address; some, for each is a whole login. */
const TARGETS = [
  ...["//evil.example", "/\\evil.example", "/%2f%2fevil.example", "//evil.example/%2e%2e"],
  ...lures("wiki.example.com", ["evil.example"])
    .filter((text) => /^\/[\x21-\x7e]*$/.test(text))
    .filter((_, index) => index % 9 === 0),
].slice(0, 9);

/** Row 9: whatever a proxy makes of a path, it leads back to the application's own host. */
export function redirectCases(trial: Trial): void {
  it("no way back from the login page leads away from the application (open redirect)", async () => {
    const own = `http://${trial.host}/`;
    let whole = 0;
    for (const target of TARGETS) {
      const denied = await trial.get(target, ["Accept: text/html"]);
      if (denied.status !== 302) continue;
      const team = new TestBrowser();
      team.jar.set("CF_Authorization", await trial.orgToken());
      const known = await team.open(denied.headers.location?.[0] ?? "");
      const back = known.headers.get("location") ?? "";
      expect(back.startsWith(own), target).toBe(true);
      const path = back.slice(own.length - 1);
      const set = await trial.get(path, [`Cookie: ${cookieIn(denied)}`]);
      const [location = ""] = set.headers.location ?? [];
      expect(location.startsWith(own), `${target}: ${location}`).toBe(true);
      expect(location.slice(own.length), target).not.toMatch(/^[/\\]/);
      whole += 1;
    }
    expect(whole).toBeGreaterThan(2);
  });

  it("no sign-out leads away from the application (open redirect)", async () => {
    for (const target of [...TARGETS, "https://evil.example", "http:evil.example"]) {
      const query = new URLSearchParams({ returnTo: target });
      const { headers } = await trial.get(`/cdn-cgi/access/logout?${query}`);
      for (const location of headers.location ?? []) {
        const { origin } = new URL(location, `http://${trial.host}`);
        expect([TEAM, `http://${trial.host}`], target).toContain(origin);
      }
    }
  });
}
