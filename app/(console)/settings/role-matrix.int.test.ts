import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
// biome-ignore lint/style/noRestrictedImports: a test brings a database of its own
import { useTestDatabase } from "@/db/testing";
import { sessionCookie } from "@/lib/admins/auth-options";
import { inviteAdmin } from "@/lib/admins/invitations/store";
import { changeRole } from "@/lib/admins/store";
import { firstOwner, join, keyOf, PASSWORD } from "@/lib/admins/testing";
import { makeClientKey } from "@/lib/client-keys/store";
import { DEFAULT_DESIGN, formOf } from "@/lib/custom-pages/schema";
import { addTemplate } from "@/lib/custom-pages/templates/store";
import type { Owner, Role } from "@/lib/kit/actor";
import type { Result } from "@/lib/kit/result";
import { addLoginMethod } from "@/lib/login-methods/store";
import { makeTestLink } from "@/lib/test-links/store";
import { saveName, savePassword, signOutElsewhere } from "../profile/actions";
import { forgetRequest, request } from "../testing-request";
import { type Act, ALL, browserOf, roleMatrix } from "../testing-roles";
import { invite, remove, revoke, setRole } from "./account/actions";
import {
  rotate,
  saveCountryHeader,
  saveDuration,
  saveRotationDays,
} from "./authentication/global-session/actions";
import { makeKey, removeKey, switchKey } from "./authentication/login-methods/key-actions";
import { regenerateScim } from "./authentication/login-methods/scim-actions";
import { revokeLink } from "./authentication/test-links/actions";
import { POST as shareTestLink } from "./authentication/test-links/route";
import { saveTeamName } from "./custom-pages/actions";
import { saveDesign } from "./custom-pages/login/actions";
import * as templates from "./custom-pages/templates/actions";
import { saveOutboundAllow } from "./system/actions";

vi.mock("next/headers", async () => (await import("../testing-request")).nextHeaders);
vi.mock("next/server", () => ({ connection: async () => undefined }));
vi.mock("next/cache", () => ({ refresh: () => undefined }));

useTestDatabase();
let owner: Owner;
beforeAll(async () => {
  owner = await firstOwner();
});
beforeEach(forgetRequest);

const someone = async () => (await join(owner, "admin")).viewer.id;
const pending = async () => {
  const email = `p${crypto.randomUUID().slice(0, 8)}@example.com`;
  return keyOf((await inviteAdmin(owner, { email, role: "admin" })).link).id;
};
const signing = () => ({ loginMethodId: crypto.randomUUID(), use: "sig", alg: "ES256" }) as const;
const madeKey = async () => {
  const { loginMethodId, ...wanted } = signing();
  const [key] = await makeClientKey(owner, { loginMethodId, ...wanted });
  return { loginMethodId, kid: key?.kid ?? "" };
};
const tried = async () => {
  const endpoint = (name: string) => `https://idp.example/${name}`;
  const config = {
    client_id: "a",
    client_secret: "not a real one",
    auth_url: endpoint("auth"),
    token_url: endpoint("token"),
    certs_url: endpoint("jwks"),
  };
  const scim = { enabled: true };
  const values = { name: fresh(), config, scim };
  const { id } = await addLoginMethod(owner, { kind: "oidc", values });
  return { loginMethodId: id, draftId: null, hours: 1 } as const;
};
const share = async (input: unknown): Promise<Result<unknown>> => {
  const headers = { "content-type": "application/json", "sec-fetch-site": "same-origin" };
  const body = JSON.stringify(input);
  const url = "http://localhost/settings/authentication/test-links";
  return (await shareTestLink(new Request(url, { method: "POST", headers, body }))).json();
};
const template = () => ({ name: fresh(), type: "forbidden", html: "<p>No</p>" }) as const;
const fresh = () => `new-${crypto.randomUUID().slice(0, 8)}`;

const ACTS: Act[] = [
  {
    what: "invite an admin",
    may: ["owner"],
    run: () => invite({ email: `${fresh()}@example.com`, role: "owner" }),
  },
  {
    what: "revoke an invitation",
    may: ["owner"],
    run: async () => revoke({ id: await pending() }),
  },
  {
    what: "change a role",
    may: ["owner"],
    run: async () => setRole({ id: await someone(), role: "owner" }),
  },
  { what: "remove an admin", may: ["owner"], run: async () => remove({ id: await someone() }) },
  {
    what: "change the private networks",
    may: ["owner"],
    run: () => saveOutboundAllow({ entries: ["10.0.0.0/8"] }),
  },
  { what: "make a key pair", may: ["owner", "admin"], run: () => makeKey(signing()) },
  {
    what: "switch the signing key",
    may: ["owner", "admin"],
    run: async () => switchKey(await madeKey()),
  },
  {
    what: "delete a key pair",
    may: ["owner", "admin"],
    run: async () => removeKey(await madeKey()),
  },
  {
    what: "regenerate a SCIM Secret",
    may: ["owner", "admin"],
    run: async () => {
      const { loginMethodId } = await tried();
      return regenerateScim({ loginMethodId, overlapHours: 1 });
    },
  },
  {
    what: "share a test link",
    may: ["owner", "admin"],
    run: async () => share(await tried()),
  },
  {
    what: "revoke a test link",
    may: ["owner", "admin"],
    run: async () => revokeLink({ id: (await makeTestLink(owner, await tried())).id }),
  },
  {
    what: "change the look of the login page",
    may: ["owner", "admin"],
    run: () => saveDesign({ ...formOf(DEFAULT_DESIGN), organization_name: fresh() }),
  },
  {
    what: "add a page template",
    may: ["owner", "admin"],
    run: () => templates.add(template()),
  },
  {
    what: "change a page template",
    may: ["owner", "admin"],
    run: async () => templates.change({ ...template(), id: await addTemplate(owner, template()) }),
  },
  {
    what: "delete a page template",
    may: ["owner", "admin"],
    run: async () => templates.remove({ id: await addTemplate(owner, template()) }),
  },
  {
    what: "change the global session duration",
    may: ["owner", "admin"],
    run: () => saveDuration({ sessionDuration: "8h" }),
  },
  {
    what: "change the country header",
    may: ["owner", "admin"],
    run: () => saveCountryHeader({ countryHeader: "CF-IPCountry" }),
  },
  {
    what: "change how often the signing key rotates",
    may: ["owner", "admin"],
    run: () => saveRotationDays({ days: "30" }),
  },
  { what: "rotate the signing key", may: ["owner", "admin"], run: () => rotate({}) },
  { what: "rename the team", may: ["owner", "admin"], run: () => saveTeamName({ name: fresh() }) },
  { what: "change their own name", may: ALL, run: () => saveName({ name: "New name" }) },
  { what: "end their other sessions", may: ALL, run: () => signOutElsewhere({}) },
  {
    what: "change their own password",
    may: ALL,
    run: () => savePassword({ email: "", current: PASSWORD, password: "pebble anchor violin" }),
  },
];
describe("server actions", () => {
  roleMatrix({ acts: ACTS, owner: () => owner, ownAdmins: true });

  it("an owner who was demoted acts with the new role at once", async () => {
    const { viewer, session } = await join(owner, "owner");
    await browserOf(session);
    await changeRole(owner, viewer.id, "read_only");
    expect(await saveTeamName({ name: fresh() })).toMatchObject({ code: "forbidden" });
  });

  it("the x-middleware-subrequest header lets nobody in (CVE-2025-29927)", async () => {
    request.headers = new Headers({
      "x-middleware-subrequest": "proxy:proxy:proxy:proxy:proxy",
      "x-middleware-next": "1",
      authorization: "Bearer anything",
    });
    expect(await saveTeamName({ name: fresh() })).toMatchObject({ code: "unauthenticated" });
  });

  it("a role or an id in the input does not widen what one may do", async () => {
    const { session } = await join(owner, "read_only");
    await browserOf(session);
    const forged = { name: fresh(), role: "owner", id: owner.id, actor: owner };
    expect(await saveTeamName(forged)).toMatchObject({ code: "forbidden" });
  });

  it("changing the password keeps this browser signed in and no other", async () => {
    const { session } = await join(owner, "admin");
    await browserOf(session);
    const other = request.cookies.get(sessionCookie().name) ?? "";
    await savePassword({ email: "", current: PASSWORD, password: "pebble anchor violin" });
    expect(await saveName({ name: "Still here" })).toMatchObject({ ok: true });
    request.cookies.set(sessionCookie().name, other);
    expect(await saveName({ name: "Thief" })).toMatchObject({ code: "unauthenticated" });
  });

  it("answer with every field issue and change nothing for bad input", async () => {
    const { session } = await join(owner, "owner");
    await browserOf(session);
    const bad = { email: "nobody", role: "emperor" } as unknown as { email: string; role: Role };
    const result = await invite(bad);
    expect(result).toMatchObject({
      ok: false,
      code: "invalid_input",
      fields: { email: [expect.any(String)], role: [expect.any(String)] },
    });
  });
});
