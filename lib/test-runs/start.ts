import "server-only";
import { randomUUID } from "node:crypto";
import type { Admin } from "@/lib/kit/actor";
import { AppError } from "@/lib/kit/errors";
import { hashToken, randomToken } from "@/lib/kit/secrets";
import { openDraft } from "@/lib/login-methods/drafts/store";
import { openLoginMethod } from "@/lib/login-methods/store";
import { installation } from "@/lib/team/store";
import { newAttemptSecrets, sealAttempt } from "./attempt";
import { addTestRun } from "./starts/store";

export interface StartedRun {
  runId: string;
  /** Where the browser goes next: the team domain, with the one-time ticket. */
  url: string;
}

/**
 * Starts a run of a login method, enabled or not, or of a draft in its place. `wantedId` is the id that the console's page
 * follows; one that was used before is not used again. Throws AppError `not_found`, `rate_limited`.
 */
export async function startTestRun(
  admin: Admin,
  loginMethodId: string,
  wantedId: string | null,
  { draftId = null, linkId = null }: { draftId?: string | null; linkId?: string | null } = {},
): Promise<StartedRun> {
  const subject =
    draftId === null
      ? await openLoginMethod(admin, loginMethodId)
      : await openDraft(admin, { id: draftId, loginMethodId });
  const { kind, name, settings, fingerprint, version } = subject;
  const { teamDomain, callbackUrl } = await installation();
  for (const id of [wantedId ?? randomUUID(), randomUUID()]) {
    const secrets = newAttemptSecrets();
    const ticket = randomToken();
    const added = await addTestRun(admin, {
      id,
      loginMethodId,
      draftId,
      linkId,
      kind,
      name,
      settings,
      fingerprint,
      version,
      ticketHash: hashToken(ticket),
      stateHash: hashToken(secrets.state),
      sealed: sealAttempt(id, secrets),
      redirectUri: callbackUrl,
    });
    if (added) {
      return { runId: id, url: `${teamDomain}/cdn-cgi/access/test-idp/${id}?ticket=${ticket}` };
    }
  }
  throw new AppError("conflict", "This test could not get an id of its own.", {
    fix: "Choose Test again.",
  });
}
