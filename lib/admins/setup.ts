import "server-only";
import { randomBytes, randomUUID } from "node:crypto";
import type { Origin } from "@/lib/kit/actor";
import { env } from "@/lib/kit/env";
import { AppError } from "@/lib/kit/errors";
import { defaultTeamName } from "@/lib/team/schema";
import type { SessionSubject } from "./credentials/store";
import {
  checkSetupToken,
  completeWithoutToken,
  completeWithToken,
  hasOwner,
  renewSetupToken,
} from "./first-run/store";
import { hashPassword } from "./password";
import { passwordIssue } from "./password-rules";

/**
 * For the start: a new one-time set-up link, or null when there is an owner. Older links are void.
 * The token stands in the fragment, which a browser never sends, so no access log holds it.
 */
export async function ensureSetupToken(): Promise<{ url: string } | null> {
  const token = `zt-setup-${randomBytes(24).toString("base64url")}`;
  return (await renewSetupToken(token)) ? { url: `${env().url}/setup#token=${token}` } : null;
}

/**
 * For the start: makes the first owner from ADMIN_EMAIL and ADMIN_PASSWORD and completes set-up.
 * True when it did; false when they are not set or there is an owner already, who is left alone.
 */
export async function ensureFirstOwner(): Promise<boolean> {
  const { adminEmail, adminPassword, url } = env();
  if (!adminEmail || !adminPassword || (await hasOwner())) return false;
  const email = adminEmail.toLowerCase();
  const issue = passwordIssue(adminPassword, email);
  if (issue) {
    throw new AppError("invalid_input", `ADMIN_PASSWORD cannot be used: ${issue}.`);
  }
  return completeWithoutToken(
    {
      name: email.split("@")[0] ?? email,
      email,
      passwordHash: await hashPassword(adminPassword),
      teamName: defaultTeamName(url),
    },
    { ip: null, requestId: randomUUID(), door: "environment" },
  );
}

/** Makes the first owner and names the team. AppError when the token is wrong or set-up is done. */
export async function completeSetup(
  {
    token,
    password,
    ...owner
  }: { token: string; name: string; email: string; password: string; teamName: string },
  from: Origin,
): Promise<SessionSubject> {
  // Before the hash: nobody without the token makes the server work.
  await checkSetupToken(token);
  return completeWithToken(token, { ...owner, passwordHash: await hashPassword(password) }, from);
}
