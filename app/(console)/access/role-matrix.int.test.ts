import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
// biome-ignore lint/style/noRestrictedImports: a test brings a database of its own
import { useTestDatabase } from "@/db/testing";
import { firstOwner, join } from "@/lib/admins/testing";
import { cookieOf } from "@/lib/admins/testing-cookie";
import { listProxyReports, saveProxyReports } from "@/lib/gate/reports/store";
import { dataPlane } from "@/lib/http/data-plane";
import type { Owner, Role } from "@/lib/kit/actor";
import type { Result } from "@/lib/kit/result";
import * as scimLog from "../logs/scim/actions";
import * as users from "../team/users/actions";
import { forgetRequest, request } from "../testing-request";
import * as applications from "./applications/actions";
import * as groups from "./groups/actions";
import * as policies from "./policies/actions";
import { loadHints, searchUsers, tryEveryone, tryPerson } from "./rule-actions";
import * as tokens from "./service-auth/actions";

vi.mock("next/headers", async () => (await import("../testing-request")).nextHeaders);
vi.mock("next/server", () => ({ connection: async () => undefined }));
vi.mock("next/cache", () => ({ refresh: () => undefined }));

useTestDatabase();
let owner: Owner;
beforeAll(async () => {
  owner = await firstOwner();
});
beforeEach(forgetRequest);

/** Of nothing that there is: who may act reads "not found". */
const none = { id: crypto.randomUUID() };
const fresh = () => `new-${crypto.randomUUID().slice(0, 8)}`;
const everyone = { include: [{ everyone: {} }], require: [], exclude: [] };
const application = () => ({
  name: fresh(),
  destinations: [`${fresh()}.example.com`],
  settings: {},
  policies: [],
});
const policy = () => ({ name: fresh(), decision: "allow" as const, ...everyone });
const group = () => ({ name: fresh(), ...everyone });
const token = () => ({ name: fresh(), duration: "8760h" as const });
const subject = { type: "policy" as const, id: null, values: policy() };

const place = { ip: "", country: "" };
const dismiss = async () => {
  await saveProxyReports(dataPlane, [
    {
      ...{ frontEnd: "nginx", problem: "missing_header", peer: fresh(), host: null, detail: "" },
      ...{ count: 1, firstAt: Date.now(), lastAt: Date.now() },
    },
  ]);
  const [report] = await listProxyReports(owner);
  return applications.dismissReport({ id: report?.id ?? "" });
};

type Act = [what: string, run: () => Promise<Result<unknown>>];
const CHANGES: Act[] = [
  ["replay a SCIM request as a dry run", () => scimLog.replay({ id: 1 })],
  ["add an application", () => applications.add(application())],
  ["change an application", () => applications.change({ ...application(), ...none, version: 1 })],
  ["disable an application", () => applications.setEnabled({ ...none, enabled: false })],
  ["revoke the tokens of an application", () => applications.revoke(none)],
  ["delete an application", () => applications.remove(none)],
  ["dismiss a report about a proxy", dismiss],
  ["add a policy", () => policies.add(policy())],
  ["change a policy", () => policies.change({ ...policy(), ...none, version: 1 })],
  ["delete a policy", () => policies.remove(none)],
  ["add an access group", () => groups.add(group())],
  ["change an access group", () => groups.change({ ...group(), ...none, version: 1 })],
  ["delete an access group", () => groups.remove(none)],
  ["create a service token", () => tokens.create(token())],
  ["rotate a service token", () => tokens.rotate({ ...none, graceHours: 0 })],
  ["refresh a service token", () => tokens.extend(none)],
  ["disable a service token", () => tokens.setEnabled({ ...none, enabled: false })],
  ["delete a service token", () => tokens.remove(none)],
  ["revoke the sessions of a user", () => users.revoke(none)],
  ["revoke one session", () => users.revokeOne(none)],
  ["disable a user", () => users.disable(none)],
  ["enable a user", () => users.enable(none)],
  ["remove a user", () => users.remove(none)],
];
const READS: Act[] = [
  ["read hints for rules", () => loadHints({ loginMethodId: none.id })],
  ["search users", () => searchUsers({ q: "ada" })],
  ["test a policy for everyone", () => tryEveryone({ subject })],
  [
    "test a policy for one person",
    () => tryPerson({ subject, who: { by: "user", userId: none.id }, place }),
  ],
];

const roles = (acts: Act[], of: Role[]) =>
  acts.flatMap(([what, run]) => of.map((role) => ({ what, role, run })));

async function signInAs(role: Role): Promise<void> {
  request.cookies.set(...(await cookieOf((await join(owner, role)).session)));
}

describe("server actions of Access and My Team", () => {
  it.each([
    ...roles(CHANGES, ["owner", "admin"]),
    ...roles(READS, ["owner", "admin", "read_only"]),
  ])("$role may: $what", async ({ role, run }) => {
    await signInAs(role);
    const result = await run();
    if (!result.ok) expect(result).toMatchObject({ code: "not_found" });
  });

  it.each(roles(CHANGES, ["read_only"]))("$role may not: $what", async ({ role, run }) => {
    await signInAs(role);
    expect(await run()).toMatchObject({ ok: false, code: "forbidden", fix: expect.any(String) });
  });

  it.each([...CHANGES, ...READS])("nobody without a session may: %s", async (_what, run) => {
    expect(await run()).toMatchObject({ ok: false, code: "unauthenticated" });
  });
});
