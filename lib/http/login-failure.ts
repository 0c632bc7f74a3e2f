import type { Context } from "hono";
import type { AccessReason, NewAccessEntry } from "@/lib/access-log/schema";
import type { Aim } from "@/lib/logins/aim";
import type { LoginMeta } from "@/lib/logins/schema";
import type { PersonIdentity } from "@/lib/users/schema";
import { errorPage } from "./answer";
import { noteLogin } from "./login-journal";
import type { PlainPage } from "./plain-page";
import { speakableReference } from "./request-id";
import type { Visit } from "./visit";

interface Failure {
  status: Parameters<typeof errorPage>[1];
  page: PlainPage;
  reason: AccessReason;
  /** Where it was to lead; else the host that the visit came to. */
  aim?: Pick<Aim, "application" | "host"> | null;
  /** The login that it belongs to, whose trace the entry leads to. */
  login?: LoginMeta["login"];
  loginMethod?: NewAccessEntry["loginMethod"];
  person?: PersonIdentity;
  userId?: string;
}

/** Writes down that somebody got no further, and answers the reference for their page. */
export function noteFailure(visit: Visit, failure: Omit<Failure, "status" | "page">) {
  const { reason, aim, login, loginMethod = null, ...who } = failure;
  return noteLogin(visit, {
    ...{ event: "login_failed", allowed: false, reason, loginMethod, repeatable: true, ...who },
    aim: aim ?? { application: null, host: visit.host },
    ref: login?.ref ?? speakableReference(),
    loginId: login?.id ?? null,
  });
}

/** The page for somebody who got no further, with a reference that the Access log has too. */
export async function failedPage(
  c: Context,
  visit: Visit,
  { status, page, ...failure }: Failure,
): Promise<Response> {
  const reference = await noteFailure(visit, failure);
  return errorPage(c, status, { ...page, reference }, failure.reason);
}
