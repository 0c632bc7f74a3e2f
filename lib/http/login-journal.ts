import type { AccessReason, NewAccessEntry } from "@/lib/access-log/schema";
import { recordAccess } from "@/lib/access-log/store";
import { throttleAddress } from "@/lib/admins/client-address";
import type { Aim } from "@/lib/logins/aim";
import type { Judged } from "@/lib/logins/judge-login";
import type { PersonIdentity } from "@/lib/users/schema";
import { dataPlane } from "./data-plane";
import type { Visit } from "./visit";

interface LoginNote {
  event: "login" | "login_failed" | "denied";
  allowed: boolean;
  reason: AccessReason;
  ref: string;
  aim: Pick<Aim, "application" | "host"> | null;
  loginMethod: NewAccessEntry["loginMethod"];
  person?: PersonIdentity | null;
  userId?: string | null;
  judged?: Judged | null;
  loginId?: string | null;
  /** Whether loading a page again makes it once more, though there was a round trip. */
  repeatable?: boolean;
}

/**
 * Writes down how a login came out, before anybody is sent on, and answers the reference that leads to
 * the entry.
 */
export const noteLogin = (visit: Visit, note: LoginNote): Promise<string> => {
  const { person = null, aim, userId = null, judged, loginId = null, repeatable, ...rest } = note;
  const { ip, country, userAgent } = visit;
  const application = aim?.application;
  const entry: NewAccessEntry = {
    ...rest,
    application: application ? { id: application.id, name: application.name } : null,
    host: aim?.host ?? null,
    user: person && { id: userId, email: person.email },
    serviceToken: null,
    ip,
    country,
    userAgent,
    explanation: judged?.explanation ?? null,
    identity: person,
    loginId,
  };
  // Without a round trip, one page that is loaded again and again would otherwise fill the log.
  const from = throttleAddress(ip);
  const key = ["login", note.event, application?.id, userId, note.reason, loginId, from].join(" ");
  const pool = note.allowed ? "allowed" : userId === null ? "strangers" : "known";
  return recordAccess(dataPlane, entry, loginId === null || repeatable ? { key, pool } : undefined);
};

/** Why policies came to what they came to, as the log has it. */
export const reasonOf = ({ outcome }: Pick<Judged, "outcome">): AccessReason => {
  if (outcome === "allow" || outcome === "bypass") return "policy_allowed";
  return outcome === "deny" ? "policy_denied" : "no_policy_matched";
};
