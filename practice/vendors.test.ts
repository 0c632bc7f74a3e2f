import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { connectorFor } from "@/lib/connectors";
import type { Config } from "@/lib/connectors/definition";
import type { ConnectorKind } from "@/lib/connectors/index";
import { loginMethodSchema } from "@/lib/login-methods/schema";
import { complete, prepare } from "@/lib/oidc/round-trip";
import { type Connection, type Outcome, outcomeSchema } from "@/lib/oidc/schema";
import { CLIENT_SECRET, userWithLogin } from "./accounts";
import { type Practice, type PracticeProvider, startPractice } from "./index";
import { HOME_TENANT, OTHER_TENANT } from "./providers/entra";
import { GITHUB_FAULTS } from "./providers/github";
import { githubId } from "./providers/github-api";
import { signInAt } from "./sign-in";

const CALLBACK = "http://localhost:3999/cdn-cgi/access/callback";

// Keys are made and tokens signed, on whatever machine this is.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 });

let practice: Practice;
beforeAll(async () => {
  practice = await startPractice({ port: 0, redirectUris: [CALLBACK] });
});
afterAll(() => practice.stop());

function provider(id: PracticeProvider["id"]): PracticeProvider {
  const found = practice.providers.find((one) => one.id === id);
  if (!found) throw new Error(`no provider ${id}`);
  return found;
}

/** Addresses that a vendor has for good, and where the practice provider has them. */
const VENDOR_HOSTS = [
  "https://login.microsoftonline.com",
  "https://accounts.google.com",
  "https://oauth2.googleapis.com",
  "https://www.googleapis.com",
  "https://openidconnect.googleapis.com",
];

const GRAPH = "https://graph.microsoft.com";

interface Trip {
  kind: ConnectorKind;
  at: PracticeProvider["id"];
  config?: Config;
  user?: string;
}

/** What the connector makes of an admin's settings, with the vendor's hosts replaced by a local one. */
function connectionFor({ kind, at, config }: Trip): Connection {
  const connector = connectorFor(kind);
  const { fields, hostPort } = provider(at);
  const typed = { ...fields, ...config };
  const own = Object.entries(typed).filter(([name]) => name !== "discovery_url");
  const saved = loginMethodSchema(connector, []).parse({
    name: "x",
    config: Object.fromEntries(own),
  });
  const text = VENDOR_HOSTS.reduce(
    (json, host) => json.replaceAll(host, `http://${hostPort}`),
    JSON.stringify(connector.open(saved.config, null)),
  );
  const { directory_id: tenant } = saved.config;
  return JSON.parse(text.replaceAll(GRAPH, `http://${hostPort}/${tenant}`));
}

async function travel(trip: Trip): Promise<Outcome> {
  const connection = connectionFor(trip);
  const { advice } = connectorFor(trip.kind);
  const policy = { allow: practice.providers.map(({ hostPort }) => hostPort) };
  const attempt = {
    state: randomBytes(24).toString("base64url"),
    nonce: randomBytes(24).toString("base64url"),
    codeVerifier: randomBytes(32).toString("base64url"),
    redirectUri: CALLBACK,
  };
  const begun = await prepare(connection, policy, attempt, { steps: [], advice });
  expect(begun.diagnosis).toBeNull();
  const clientId = String(trip.config?.client_id ?? "");
  // One client answers the request itself, without a sign-in page.
  const back =
    clientId === "fault-suspended"
      ? (await fetch(begun.url ?? "", { redirect: "manual" })).headers.get("location")
      : await signInAt(begun.url ?? "", trip.user ?? "ada");
  const query = new URL(back ?? "").searchParams;
  const context = { steps: begun.steps, advice };
  const outcome = await complete(connection, policy, attempt, query, context);
  expectSound(outcome, [CLIENT_SECRET, attempt.codeVerifier, query.get("code") ?? CLIENT_SECRET]);
  return outcome;
}

function expectSound(outcome: Outcome, secrets: readonly string[]): void {
  expect(outcomeSchema.safeParse(outcome).error).toBeUndefined();
  const text = JSON.stringify(outcome);
  for (const secret of secrets) expect(text).not.toContain(secret);
  expect(text).not.toMatch(/gho_[0-9a-f]{10,}|Bearer [\w-]{20,}|eyJ[\w-]{10,}\.[\w-]+\./);
  const { diagnosis, warnings } = outcome;
  for (const { title, cause, fixes } of diagnosis ? [diagnosis, ...warnings] : warnings) {
    expect(`${title} ${cause} ${fixes.join(" ")}`).not.toMatch(/[{}]|\.\.|undefined/);
  }
}

const codes = ({ warnings }: Outcome) => warnings.map(({ code }) => code);

describe("Microsoft Entra ID, one tenant", () => {
  const entra = (user: string, config: Config = {}): Trip => ({
    kind: "entra",
    at: "entra",
    user,
    config: {
      directory_id: HOME_TENANT,
      support_groups: true,
      claims: ["oid", "roles"],
      ...config,
    },
  });

  test("passes with groups as object IDs, app roles and the object ID", async () => {
    const outcome = await travel(entra("ada"));
    expect(outcome.diagnosis).toBeNull();
    expect(outcome.identity?.email).toMatchObject({ value: "ada@example.com", claim: "email" });
    expect(outcome.identity?.groups?.value).toHaveLength(3);
    expect(outcome.identity?.groups?.value[0]).toMatch(/^[0-9a-f]{8}-/);
    expect(outcome.claims?.oidcFields.roles).toEqual(["Gatehouse.Admin"]);
  });

  test("names the overage of somebody in 250 groups, and how to mend it", async () => {
    const outcome = await travel(entra("grace", { claims: [] }));
    const overage = outcome.warnings.find(({ code }) => code === "groups_overage");
    expect(overage?.fixes[0]).toContain("Groups assigned to the application");
  });

  test("misses groups that do not come although they are expected, and only then", async () => {
    expect(codes(await travel(entra("bob", { claims: [] })))).toContain("groups_missing");
    expect(codes(await travel(entra("bob", { claims: [], support_groups: false })))).not.toContain(
      "groups_missing",
    );
  });

  test("refuses a token of another tenant", async () => {
    const outcome = await travel(entra("mallory"));
    expect(outcome.diagnosis).toMatchObject({ code: "issuer_tenant", step: "id_token" });
    expect(outcome.identity).toBeNull();
  });

  test("says how to send the email claim, which a new app registration does not", async () => {
    const outcome = await travel(entra("ada", { client_id: "fault-no-email-claim" }));
    expect(outcome.diagnosis?.code).toBe("no_email");
    expect(outcome.diagnosis?.fixes[0]).toContain("Add optional claim");
  });
});

describe("Microsoft Entra ID, several tenants", () => {
  const shared = (user: string, tenants: string[], config: Config = {}): Trip => ({
    kind: "entra",
    at: "entra-common",
    user,
    config: { directory_id: "common", allowed_tenants: tenants, ...config },
  });

  test("passes for a tenant on the list, whose issuer is its own, and pins no issuer", async () => {
    const outcome = await travel(shared("ada", [OTHER_TENANT, HOME_TENANT.toUpperCase()]));
    expect(outcome.diagnosis).toBeNull();
    expect(outcome.identity?.email?.value).toBe("ada@example.com");
    expect(outcome.issuer).toBeNull();
  });

  test("refuses a tenant that is not on the list", async () => {
    const outcome = await travel(shared("mallory", [HOME_TENANT]));
    expect(outcome.diagnosis).toMatchObject({ code: "tenant_not_allowed", step: "id_token" });
    expect(outcome.diagnosis?.cause).toContain(OTHER_TENANT);
    expect(outcome.identity).toBeNull();
  });

  test("refuses an address that an admin of another tenant wrote into an account: nOAuth", async () => {
    const outcome = await travel(shared("mallory", [HOME_TENANT, OTHER_TENANT]));
    expect(outcome.diagnosis).toMatchObject({ code: "email_unproven", step: "identity" });
    expect(outcome.identity?.email).toBeNull();
  });

  test("refuses an address without xms_edov, even of a tenant on the list", async () => {
    const outcome = await travel(shared("ada", [HOME_TENANT], { client_id: "fault-no-edov" }));
    expect(outcome.diagnosis?.code).toBe("email_unproven");
    expect(outcome.diagnosis?.fixes[0]).toContain("xms_edov");
  });
});

describe("Google and Google Workspace", () => {
  const workspace = (user: string): Trip => ({
    kind: "google_workspace",
    at: "google",
    user,
    config: { apps_domain: "example.com" },
  });

  test("Google lets in accounts of any domain, and private ones", async () => {
    for (const user of ["ada", "grace", "mallory"]) {
      expect((await travel({ kind: "google", at: "google", user })).diagnosis).toBeNull();
    }
  });

  test("says that Google has no groups where they are saved as a claim", async () => {
    const outcome = await travel({ kind: "google", at: "google", config: { claims: ["groups"] } });
    const missing = outcome.warnings.find(({ code }) => code === "groups_missing");
    expect(missing?.fixes[0]).toContain("Google sends no groups");
  });

  test("Google Workspace asks for its domain and lets in its accounts", async () => {
    const { authUrl, extraParams } = connectionFor(workspace("ada"));
    expect({ authUrl, hd: extraParams?.hd }).toMatchObject({ hd: "example.com" });
    const outcome = await travel(workspace("ada"));
    expect(outcome.diagnosis).toBeNull();
    expect(JSON.stringify(outcome.steps)).toContain("hd=example.com");
  });

  test.each([
    ["of another domain", "grace", "other.example"],
    ["with an address of the domain, but private", "mallory", "none"],
  ])("Google Workspace refuses an account %s", async (_, user, value) => {
    const outcome = await travel(workspace(user));
    expect(outcome.diagnosis).toMatchObject({
      code: "claim_not_as_required",
      title: "This account is not of example.com",
    });
    expect(outcome.diagnosis?.cause).toContain(value);
    expect(outcome.identity).toBeNull();
  });
});

describe("GitLab", () => {
  test("passes with the paths of all groups, from user info", async () => {
    const outcome = await travel({ kind: "gitlab", at: "gitlab" });
    expect(outcome.diagnosis).toBeNull();
    expect(outcome.identity?.groups).toMatchObject({
      source: "user_info",
      value: ["practice", "practice/admins", "practice/engineering", "practice/zurich-office"],
    });
  });

  test("does not ask user info for groups that are not wanted", async () => {
    const outcome = await travel({
      kind: "gitlab",
      at: "gitlab",
      config: { support_groups: false },
    });
    expect(outcome.steps.find(({ step }) => step === "user_info")?.status).toBe("skipped");
  });
});

describe("GitHub, OAuth 2.0 without OpenID Connect", () => {
  const github = (user: string, config: Config = {}): Trip => ({
    kind: "github",
    at: "github",
    user,
    config,
  });

  test("passes with the number of the account, its verified address, organizations and teams", async () => {
    const outcome = await travel(github("ada", { claims: ["preferred_username", "company"] }));
    expect(outcome.diagnosis).toBeNull();
    expect(outcome.warnings).toEqual([]);
    const ada = userWithLogin("ada");
    expect(outcome.identity).toMatchObject({
      sub: { value: String(ada && githubId(ada)), source: "user_info" },
      email: { value: "ada@example.com", source: "user_info" },
      name: { value: "Ada Lovelace" },
    });
    expect(outcome.identity?.groups?.value).toEqual(
      expect.arrayContaining(["practice", "practice/admins", "practice/engineering"]),
    );
    expect(outcome.claims?.oidcFields).toEqual({
      preferred_username: "ada",
      company: "@practice",
    });
  });

  test("skips what needs an ID token and says why, and sends PKCE and no nonce", async () => {
    const { steps } = await travel(github("ada"));
    expect(steps.map(({ step, status }) => `${step} ${status}`)).toEqual([
      "configuration ok",
      "keys skipped",
      "authorize ok",
      "callback ok",
      "exchange ok",
      "id_token skipped",
      "user_info ok",
      "identity ok",
    ]);
    for (const step of steps.filter(({ status }) => status === "skipped")) {
      expect(step.summary).toContain("OAuth 2.0 without OpenID Connect");
    }
    const authorize = JSON.stringify(steps.find(({ step }) => step === "authorize")?.facts);
    expect(authorize).toContain("code_challenge=");
    expect(authorize).not.toContain("nonce=");
  });

  test("reads 250 teams on three pages", async () => {
    const { identity, steps } = await travel(github("grace"));
    expect(identity?.groups?.value).toHaveLength(250);
    expect(identity?.groups?.value).toContain("practice/project-249");
    const read = steps.find(({ step }) => step === "user_info")?.exchanges ?? [];
    expect(read.filter(({ url }) => url.includes("/user/teams"))).toHaveLength(3);
  });

  test("asks for no organizations where groups are not wanted", async () => {
    const { identity, steps } = await travel(github("ada", { support_groups: false }));
    expect(identity?.groups).toBeNull();
    expect(JSON.stringify(steps)).not.toContain("read:org");
  });

  test.each(["mallory", "eve"])(
    "refuses %s, whose primary address is not verified, whatever the profile shows",
    async (user) => {
      const outcome = await travel(github(user));
      expect(outcome.diagnosis).toMatchObject({ code: "no_verified_email", step: "user_info" });
      expect(outcome.identity).toBeNull();
    },
  );

  const FAULTS: Record<string, { status: Outcome["status"]; code: string; user?: string }> = {
    "fault-bad-code": { status: "failed", code: "bad_verification_code" },
    "fault-redirect-uri": { status: "failed", code: "redirect_uri_mismatch" },
    "fault-suspended": { status: "failed", code: "app_suspended" },
    "fault-no-email-scope": { status: "failed", code: "person_no_scope" },
    "fault-rate-limit": { status: "failed", code: "person_rate_limited" },
    "fault-no-org-scope": { status: "passed_with_warnings", code: "person_groups_scope" },
    "fault-sso": { status: "passed_with_warnings", code: "person_groups_sso" },
    "fault-next-elsewhere": {
      status: "passed_with_warnings",
      code: "person_groups_next_page",
      user: "grace",
    },
  };

  test("has an expected diagnosis for every fault that it offers", () =>
    expect(Object.keys(FAULTS).sort()).toEqual(GITHUB_FAULTS.map(({ id }) => id).sort()));

  test.each(Object.entries(FAULTS))("names %s", async (client_id, { status, code, user }) => {
    const outcome = await travel(github(user ?? "ada", { client_id }));
    expect(outcome.status).toBe(status);
    const found = [...(outcome.diagnosis ? [outcome.diagnosis] : []), ...outcome.warnings];
    expect(found.map((one) => one.code)).toContain(code);
  });

  test("names a wrong client secret, although GitHub answers 200, and an unknown App ID", async () => {
    const wrong = await travel(github("ada", { client_secret: "not-the-secret-of-this-app" }));
    expect(wrong.diagnosis).toMatchObject({ code: "invalid_client", step: "exchange" });
    expect(wrong.diagnosis?.fixes[0]).toContain("generate a new client secret");
  });
});
