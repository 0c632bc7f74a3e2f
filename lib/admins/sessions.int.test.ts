import { encode } from "next-auth/jwt";
import { describe, expect, it } from "vitest";
import { useTestDatabase } from "@/db/testing";
import type { Owner } from "@/lib/kit/actor";
import { sessionSecret } from "./auth-options";
import { changePassword, endSessions, signInWithPassword } from "./credentials/store";
import { openSession } from "./session";
import { changeRole, removeAdmin, sessionAdmin } from "./store";
import { firstOwner, join, origin, PASSWORD } from "./testing";

useTestDatabase();
let owner: Owner;
const ownerOnce = async () => {
  owner ??= await firstOwner();
  return owner;
};
const NEW_PASSWORD = "pebble anchor violin moss";

describe("a session", () => {
  it("ends at once when the admin is removed", async () => {
    const { viewer, session } = await join(await ownerOnce(), "admin");
    expect(await sessionAdmin(session)).toMatchObject({ id: viewer.id, role: "admin" });
    await removeAdmin(owner, viewer.id);
    expect(await sessionAdmin(session)).toBeNull();
  });

  it("ends when the password changes, except for the browser that changed it", async () => {
    const { viewer, session } = await join(await ownerOnce(), "admin");
    const kept = await changePassword(viewer, { current: PASSWORD, password: NEW_PASSWORD });
    expect(await sessionAdmin(session)).toBeNull();
    expect(await sessionAdmin(kept)).toMatchObject({ id: viewer.id });
    await expect(signInWithPassword(viewer.email, PASSWORD, origin())).rejects.toMatchObject({
      code: "unauthenticated",
    });
    expect(await signInWithPassword(viewer.email, NEW_PASSWORD, origin())).toEqual(kept);
  });

  it("ends when the admin signs out everywhere else", async () => {
    const { viewer, session } = await join(await ownerOnce(), "read_only");
    const kept = await endSessions(viewer);
    expect(await sessionAdmin(session)).toBeNull();
    expect(await sessionAdmin(kept)).not.toBeNull();
  });

  it("has the new role at once when the role changes", async () => {
    const { viewer, session } = await join(await ownerOnce(), "admin");
    await changeRole(owner, viewer.id, "read_only");
    expect(await sessionAdmin(session)).toMatchObject({ role: "read_only" });
  });
});

describe("changing the password", () => {
  it("needs the current one", async () => {
    const { viewer } = await join(await ownerOnce(), "admin");
    await expect(
      changePassword(viewer, { current: "not it at all", password: NEW_PASSWORD }),
    ).rejects.toMatchObject({ fields: { current: [expect.any(String)] } });
  });

  it("does not let a stolen session guess the current one for ever", async () => {
    const { viewer } = await join(await ownerOnce(), "admin");
    const guess = () => changePassword(viewer, { current: "guess", password: NEW_PASSWORD });
    for (let tries = 0; tries < 5; tries += 1) {
      await expect(guess()).rejects.toMatchObject({ code: "invalid_input" });
    }
    await expect(guess()).rejects.toMatchObject({ code: "rate_limited" });
  });

  it("holds the rules again on the server", async () => {
    const { viewer } = await join(await ownerOnce(), "admin");
    await expect(
      changePassword(viewer, { current: PASSWORD, password: "passwordpassword" }),
    ).rejects.toMatchObject({ fields: { password: [expect.any(String)] } });
  });

  it("lets one of two changes at once through", async () => {
    const { viewer } = await join(await ownerOnce(), "admin");
    const change = (password: string) => changePassword(viewer, { current: PASSWORD, password });
    const results = await Promise.allSettled([change(NEW_PASSWORD), change(`${NEW_PASSWORD} 2`)]);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });
});

describe("a session token", () => {
  const now = () => Math.floor(Date.now() / 1000);
  const claims = { sub: "5f1c2c9e-5b0f-4a30-9c3e-2f6f0d3a7a11", epoch: 1, since: now() };
  const token = (changes: object, secret = sessionSecret()) =>
    encode({ token: { ...claims, ...changes }, secret, maxAge: 3600 });

  it("opens to the admin and the epoch of the password", async () => {
    expect(await openSession(await token({}))).toEqual({ id: claims.sub, epoch: 1 });
  });

  it.each([
    ["sealed with another key", token({}, "x".repeat(43))],
    ["older than twelve hours, however often it was renewed", token({ since: now() - 43_201 })],
    ["without an epoch", token({ epoch: undefined })],
    ["whose admin is not an id", token({ sub: "admin" })],
    ["with a number for a text", token({ epoch: "1" })],
    ["that is not a token", Promise.resolve("a.b.c.d.e")],
    ["that is huge", Promise.resolve("x".repeat(100_000))],
    ["that is empty", Promise.resolve("")],
  ])("is refused when %s", async (_what, made) => {
    expect(await openSession(await made)).toBeNull();
  });
});
