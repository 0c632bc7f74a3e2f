import { randomUUID } from "node:crypto";
import type { Origin, Owner, Role, Viewer } from "@/lib/kit/actor";
import { asOwner, viewerOf } from "./capability";
import type { SessionSubject } from "./credentials/store";
import { acceptInvitation, inviteAdmin } from "./invitations/store";
import { completeSetup, ensureSetupToken } from "./setup";
import { sessionAdmin } from "./store";

/** For integration tests: people who came in by the real doors. */
export const PASSWORD = "nano wire second foot";

export const origin = (ip = "192.0.2.1"): Origin => ({
  ip,
  requestId: randomUUID(),
  door: "console",
});

async function viewerFor(subject: SessionSubject): Promise<Viewer> {
  const admin = await sessionAdmin(subject);
  if (!admin) throw new Error("the session that was just made is over");
  return viewerOf(admin, origin());
}

export async function setupToken(): Promise<string> {
  const made = await ensureSetupToken();
  return new URL(made?.url ?? "http://none.invalid").hash.replace("#token=", "");
}

/** Sets the installation up and answers its first owner. */
export async function firstOwner(): Promise<Owner> {
  const input = { name: "Ada", email: "ada@example.com", password: PASSWORD, teamName: "acme" };
  const token = await setupToken();
  return asOwner(await viewerFor(await completeSetup({ ...input, token }, origin())));
}

export function keyOf(link: string): { id: string; secret: string } {
  const { pathname, hash } = new URL(link);
  return { id: pathname.split("/").at(-1) ?? "", secret: hash.slice(1) };
}

/** Invites somebody and takes the invitation up. */
export async function join(
  owner: Owner,
  role: Role,
): Promise<{ viewer: Viewer; session: SessionSubject }> {
  const email = `${role}-${randomUUID().slice(0, 8)}@example.com`;
  const { link } = await inviteAdmin(owner, { email, role });
  const session = await acceptInvitation(
    { ...keyOf(link), name: `The ${role}`, password: PASSWORD },
    origin(),
  );
  return { viewer: await viewerFor(session), session };
}

/** Another owner, with the capability of one. */
export const joinAsOwner = async (owner: Owner): Promise<Owner> =>
  asOwner((await join(owner, "owner")).viewer);
