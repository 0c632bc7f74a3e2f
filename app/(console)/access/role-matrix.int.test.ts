import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
// biome-ignore lint/style/noRestrictedImports: a test brings a database of its own
import { useTestDatabase } from "@/db/testing";
// biome-ignore lint/style/noRestrictedImports: a test brings a database of its own
import { insertSession } from "@/db/testing-rows";
import { firstOwner, join } from "@/lib/admins/testing";
import { applicationInputSchema } from "@/lib/applications/schema";
import { addApplication, getApplication } from "@/lib/applications/store";
import type { Owner, Role } from "@/lib/kit/actor";
import { addGroup } from "@/lib/policies/groups/store";
import { policyInputSchema, ruleGroupInputSchema } from "@/lib/policies/schema";
import { addPolicy } from "@/lib/policies/store";
import { createServiceToken, listServiceTokens } from "@/lib/service-tokens/store";
import { getUser } from "@/lib/users/store";
import * as users from "../team/users/actions";
import { forgetRequest } from "../testing-request";
import { type Act, ALL, browserOf, roleMatrix } from "../testing-roles";
import * as applications from "./applications/actions";
import * as groups from "./groups/actions";
import * as policies from "./policies/actions";
import { tryEveryone, tryPerson } from "./rule-actions";
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

const fresh = () => `new-${crypto.randomUUID().slice(0, 8)}`;
const application = () =>
  applicationInputSchema.parse({ name: fresh(), destinations: [`${fresh()}.example.com`] });
const include = [{ everyone: {} }];
const policy = () => policyInputSchema.parse({ name: fresh(), decision: "allow", include });
const group = () => ruleGroupInputSchema.parse({ name: fresh(), include });
const idOf = async (made: Promise<{ id: string }>) => ({ id: (await made).id });
const anApplication = () => idOf(addApplication(owner, application()));
const aPolicy = () => idOf(addPolicy(owner, policy()));
const aGroup = () => idOf(addGroup(owner, group()));
const aToken = async () => {
  const { clientId } = await createServiceToken(owner, { name: fresh(), duration: "8760h" });
  const token = (await listServiceTokens(owner)).find((one) => one.clientId === clientId);
  return { id: token?.id ?? "" };
};
const aUser = async () => ({ id: (await insertSession(`${fresh()}@example.com`)).userId });
const aSession = () => idOf(insertSession(`${fresh()}@example.com`));
const tested = () => ({ type: "policy" as const, id: null, values: policy() });

const ADMINS: Role[] = ["owner", "admin"];
const may = (what: string, run: Act["run"], who = ADMINS): Act => ({ what, may: who, run });
const ACTS: Act[] = [
  may("add an application", () => applications.add(application())),
  may("change an application", async () =>
    applications.change({ ...application(), ...(await anApplication()), version: 1 }),
  ),
  may("switch an application off", async () =>
    applications.setEnabled({ ...(await anApplication()), enabled: false }),
  ),
  may("revoke an application's tokens", async () => applications.revoke(await anApplication())),
  may("delete an application", async () => applications.remove(await anApplication())),
  may("add a policy", () => policies.add(policy())),
  may("change a policy", async () =>
    policies.change({ ...policy(), ...(await aPolicy()), version: 1 }),
  ),
  may("delete a policy", async () => policies.remove(await aPolicy())),
  may("add an access group", () => groups.add(group())),
  may("change an access group", async () =>
    groups.change({ ...group(), ...(await aGroup()), version: 1 }),
  ),
  may("delete an access group", async () => groups.remove(await aGroup())),
  may("create a service token", () => tokens.create({ name: fresh(), duration: "8760h" })),
  may("rotate a service token", async () => tokens.rotate({ ...(await aToken()), graceHours: 1 })),
  may("extend a service token", async () => tokens.extend(await aToken())),
  may("switch a service token off", async () =>
    tokens.setEnabled({ ...(await aToken()), enabled: false }),
  ),
  may("delete a service token", async () => tokens.remove(await aToken())),
  may("end all sessions of a user", async () => users.revoke(await aUser())),
  may("end one session of a user", async () => users.revokeOne(await aSession())),
  may("disable a user", async () => users.disable(await aUser())),
  may("enable a user", async () => users.enable(await aUser())),
  may("remove a user", async () => users.remove(await aUser())),
  may("revoke the sessions of several people", async () =>
    users.revokeSeveral({ ids: [(await aUser()).id, (await aUser()).id] }),
  ),
  may("remove several people", async () => users.removeSeveral({ ids: [(await aUser()).id] })),
  may(
    "test a policy on a user",
    async () =>
      tryPerson({
        subject: tested(),
        who: { by: "user", userId: (await aUser()).id },
        place: { ip: "", country: "" },
      }),
    ALL,
  ),
  may("test a policy on everybody", () => tryEveryone({ subject: tested() }), ALL),
];

describe("server actions of applications, policies and people", () => {
  roleMatrix({ acts: ACTS, owner: () => owner });

  it("a refused action changes nothing", async () => {
    const app = await anApplication();
    const session = await insertSession(`${fresh()}@example.com`);
    await browserOf((await join(owner, "read_only")).session);
    await applications.remove(app);
    await applications.setEnabled({ ...app, enabled: false });
    await users.revokeOne({ id: session.id });
    await users.disable({ id: session.userId });
    expect(await getApplication(owner, app.id)).toMatchObject({ enabled: true, tokenEpoch: 1 });
    expect(await getUser(owner, session.userId)).toMatchObject({ sessions: 1, disabledAt: null });
  });

  it("an id of another kind, or one that is no id, finds nothing", async () => {
    const { id: policyId } = await aPolicy();
    await browserOf((await join(owner, "owner")).session);
    for (const act of [applications.remove, groups.remove, tokens.remove, users.remove]) {
      expect(await act({ id: policyId })).toMatchObject({ ok: false, code: "not_found" });
      for (const id of ["", "1 or 1=1", "../../x", ["x"], null]) {
        const odd = { id } as unknown as { id: string };
        expect(await act(odd)).toMatchObject({ ok: false, code: "invalid_input" });
      }
    }
  });
});
