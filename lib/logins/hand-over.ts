import "server-only";
import { nameOf } from "@/lib/gate/host-index";
import type { GateApplication, Snapshot } from "@/lib/gate/snapshot";
import { dataPlane } from "@/lib/http/data-plane";
import { signToken } from "@/lib/keys/sign";
import { hashToken, randomToken } from "@/lib/kit/secrets";
import { personToken, tokenEnd } from "@/lib/sessions/mint";
import { noteApplicationToken } from "@/lib/sessions/store";
import type { PersonIdentity } from "@/lib/users/schema";
import { tokenDuration } from "./duration";
import { makeHandoff } from "./handoffs/store";
import type { Judged } from "./judge-login";
import { signMeta } from "./meta";
import { isLoop } from "./rounds";
import type { LoginMeta } from "./schema";

export interface SignedIn {
  sessionId: string;
  userId: string;
  person: PersonIdentity;
  country: string | null;
}

export type HandOver =
  /** Where the browser fetches its token, on the application's host. */
  | { kind: "handed_over"; url: string }
  /** It has fetched several, and keeps none. */
  | { kind: "loop" }
  /** The session or the application ended in the meantime. */
  | { kind: "over" };

/**
 * Makes a person's token for an application that the policies open, and leaves it for the browser
 * that began there.
 */
export async function handOver(
  snapshot: Snapshot,
  application: GateApplication,
  meta: LoginMeta,
  { sessionId, userId, person, country }: SignedIn,
  { policy, external }: Judged,
): Promise<HandOver> {
  if (isLoop(meta)) return { kind: "loop" };
  const now = Date.now();
  const expiresAt = tokenEnd(now, tokenDuration(application, policy));
  const { host } = new URL(meta.origin);
  const applicationId = application.id;
  const issued = { applicationId, host, expiresAt, external };
  if (!(await noteApplicationToken(dataPlane, sessionId, issued))) return { kind: "over" };
  const binding = application.settings.enable_binding_cookie ? randomToken() : null;
  const token = await signToken(
    personToken({
      issuer: snapshot.teamDomain,
      now,
      expiresAt,
      application,
      userId,
      sessionId,
      email: person.email,
      country,
      policyId: policy?.id ?? null,
      claims: person.claims,
      binding: binding && hashToken(binding),
      host: application.wildcard ? nameOf(host) : null,
    }),
  );
  const browserHash = meta.browser;
  const nonce = await makeHandoff(
    dataPlane,
    { sessionId, applicationId, host, browserHash },
    { token, expiresAt, binding },
  );
  const query = new URLSearchParams({ nonce, state: signMeta(meta) });
  return { kind: "handed_over", url: `${meta.origin}/cdn-cgi/access/authorized?${query}` };
}
