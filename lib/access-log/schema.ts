import * as z from "zod";
import { rowId, textUpTo } from "@/lib/kit/address-query";
import { logRange } from "@/lib/kit/log-range";
import type { Explanation } from "@/lib/policies/explanation";
import type { PersonIdentity } from "@/lib/users/schema";

/**
 * What an entry is about.
 * - `login`: a person came back from the provider, or got an application token from a live session.
 * - `login_failed`: the round trip failed, or was broken off; or the person got no further before or
 *   after it. `loginId` leads to its trace where there was one.
 * - `denied`: the gate refused a request of somebody it knows, or of a service token.
 * - `service_auth`: a service token was let in (first use per application and minute).
 * - `logout`: a person ended their sessions.
 */
export const ACCESS_EVENTS = ["login", "login_failed", "denied", "service_auth", "logout"] as const;
export type AccessEvent = (typeof ACCESS_EVENTS)[number];

/** Why the credentials of a service token opened nothing. */
export const TOKEN_REFUSALS = [
  "service_token_unknown",
  "service_token_disabled",
  "service_token_expired",
  "service_token_wrong_secret",
  "service_token_old_secret",
] as const;
export type TokenRefusal = (typeof TOKEN_REFUSALS)[number];

/** Why, as a closed code; `lib/access-log/words.ts` has the sentence for each. */
export const ACCESS_REASONS = [
  "policy_allowed",
  "policy_denied",
  "no_policy_matched",
  "round_trip_failed",
  "login_method_disabled",
  "login_method_not_allowed",
  "user_disabled",
  "user_deprovisioned",
  "application_disabled",
  "unknown_host",
  "session_revoked",
  ...TOKEN_REFUSALS,
  /** Of older entries, which did not tell which of them. */
  "service_token_refused",
  "ambiguous_path",
  "bad_login_link",
  "other_host",
  "no_browser_cookie",
  "handoff_spent",
  "redirect_loop",
  "ended_meanwhile",
  "login_expired",
  "unknown_login",
  "too_many_logins",
  "busy",
  "left",
] as const;
export type AccessReason = (typeof ACCESS_REASONS)[number];

/** What the data plane writes. Names are kept as text, so that the log outlives what it names. */
export interface NewAccessEntry {
  event: AccessEvent;
  allowed: boolean;
  reason: AccessReason;
  /** Speakable, as the person's page shows it (lib/http/request-id.ts). */
  ref: string;
  application: { id: string; name: string } | null;
  host: string | null;
  user: { id: string | null; email: string } | null;
  loginMethod: { id: string; name: string; kind: string } | null;
  serviceToken: { id: string; name: string } | null;
  ip: string | null;
  country: string | null;
  userAgent: string | null;
  explanation: Explanation | null;
  identity: PersonIdentity | null;
  loginId: string | null;
}

export interface AccessEntry extends NewAccessEntry {
  id: number;
  /** ISO 8601, UTC. */
  at: string;
  policy: { id: string; name: string } | null;
  /** The rule that decided, in words. */
  rule: string | null;
  count: number;
}

const text = textUpTo(200);

/** What the Access log can be asked, as it stands in the URL. Anything odd means "no filter". */
export const accessQuerySchema = z.object({
  /** Email, application, address or reference. */
  q: text,
  event: z
    .enum(["", ...ACCESS_EVENTS])
    .default("")
    .catch(""),
  allowed: z.enum(["", "yes", "no"]).default("").catch(""),
  /** Ids. */
  app: text,
  user: text,
  method: text,
  policy: text,
  /** ISO 3166-1 alpha-2. */
  country: text,
  range: logRange,
  /** Only entries older than this id: the cursor of the next page. */
  before: rowId,
  /** The entry that is open. */
  entry: rowId,
});
export type AccessQuery = z.output<typeof accessQuerySchema>;

/** A part of the time that was asked for; like refusals count each. */
export interface AccessBar {
  /** ISO 8601, UTC. */
  from: string;
  allowed: number;
  refused: number;
}

export interface AccessPage {
  entries: AccessEntry[];
  next: number | null;
}
