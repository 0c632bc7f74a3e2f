import { randomBytes, randomUUID } from "node:crypto";
import { database } from "./client";
import { applicationPolicies, applications } from "./schema/applications";
import { loginMethods } from "./schema/login-methods";
import { policies } from "./schema/policies";
import { sessions } from "./schema/sessions";
import { testRuns } from "./schema/test-runs";
import { users } from "./schema/users";

/** Rows that integration tests need besides their subject. */
export async function insertLoginMethod(name = `Staff ${randomUUID()}`) {
  const db = await database();
  const [row] = await db
    .insert(loginMethods)
    .values({ kind: "oidc", name, config: {} })
    .returning();
  if (!row) throw new Error("no login method");
  const { id, kind } = row;
  return { id, name, kind };
}

export async function insertApplication(name = `Wiki ${randomUUID()}`, host = "wiki.example.com") {
  const db = await database();
  const aud = randomUUID().replaceAll("-", "").repeat(2);
  const [row] = await db
    .insert(applications)
    .values({ aud, name, destinations: [host], settings: {} })
    .returning();
  if (!row) throw new Error("no application");
  return row;
}

interface Guarded {
  settings?: Record<string, unknown>;
  policy?: Partial<typeof policies.$inferInsert>;
}

/** An application with one policy: anybody who signs in, unless `policy` says otherwise. */
export async function insertGuardedApplication(
  host: string,
  { settings = {}, policy }: Guarded = {},
) {
  const db = await database();
  const name = `${host} ${randomBytes(4).toString("hex")}`;
  const aud = randomBytes(32).toString("hex");
  const [application] = await db
    .insert(applications)
    .values({ aud, name, destinations: [host], settings })
    .returning();
  const include = [{ everyone: {} }];
  const [made] = await db
    .insert(policies)
    .values({ name: `People of ${name}`, decision: "allow", include, ...policy })
    .returning();
  if (!application || !made) throw new Error("not inserted");
  const link = { applicationId: application.id, policyId: made.id, precedence: 1 };
  await db.insert(applicationPolicies).values(link);
  return { ...application, policyId: made.id };
}

/** Somebody who is signed in, by a login method of their own. */
export async function insertSession(
  email: string,
  claims: { name: string; value: unknown; values: object[] }[] = [],
) {
  const db = await database();
  const loginMethod = await insertLoginMethod();
  const issuer = "https://login.example.com";
  const subject = randomUUID();
  const identity = {
    ...{ email, name: null, issuer, subject, loginMethod },
    ...{ groups: [], amr: [], claims },
  };
  const { id: loginMethodId, name: loginMethodName, kind: loginMethodKind } = loginMethod;
  const [user] = await db
    .insert(users)
    .values({
      ...{ loginMethodId, loginMethodName, loginMethodKind },
      ...{ issuer, subject, email, identity },
    })
    .returning({ id: users.id });
  if (!user) throw new Error("no user");
  const until = new Date(Date.now() + 24 * 3_600_000);
  const [session] = await db
    .insert(sessions)
    .values({
      ...{ userId: user.id, loginMethodId, identity },
      ...{ expiresAt: until, tokensExpireAt: until },
    })
    .returning({ id: sessions.id });
  if (!session) throw new Error("no session");
  return { id: session.id, userId: user.id, loginMethodId };
}

interface Ended {
  status?: "passed" | "failed";
  /** Who came back; without one the run brought no identity. */
  identity?: { email: string | null; sub: string; iss?: string };
}

/** A test of a login method that has ended. */
export async function insertTestRun(
  { id: loginMethodId, name, kind }: { id: string; name: string; kind: string },
  { status = "passed", identity }: Ended = {},
): Promise<string> {
  const id = randomUUID();
  const found = (claim: string, value: string) => ({ value, source: "id_token", claim });
  const outcome = identity && {
    steps: [],
    identity: {
      sub: found("sub", identity.sub),
      email: identity.email && found("email", identity.email),
      ...{ name: null, groups: null, amr: null },
      ...{ custom: [], missing: [], unsaved: [] },
    },
    claims: {
      idTokenHeader: {},
      idTokenPayload: { sub: identity.sub, iss: identity.iss },
      userInfo: null,
      oidcFields: {},
    },
  };
  const db = await database();
  await db.insert(testRuns).values({
    ...{ id, loginMethodId, loginMethodVersion: 1, kind, name, status },
    ...{ settings: {}, fingerprint: "f", startedByName: "Ada", outcome: outcome ?? {} },
    ...{ ticketHash: id, stateHash: id, sealed: "s", redirectUri: "https://a.example/cb" },
    ...{ expiresAt: new Date(), finishedAt: new Date() },
  });
  return id;
}
