import type { AccessEvent, AccessReason } from "./schema";

const EVENTS: Record<AccessEvent, string> = {
  login: "Login",
  login_failed: "Failed login",
  denied: "Refused request",
  service_auth: "Service token used",
  logout: "Logout",
};

/** What an entry is about, in two words. */
export const eventWords = (event: AccessEvent): string => EVENTS[event];

const REASONS: Record<AccessReason, string> = {
  policy_allowed: "A policy lets this in.",
  policy_denied: "A Block policy applies.",
  no_policy_matched: "No policy applies, and without one nobody gets in.",
  round_trip_failed: "The sign-in at the provider did not succeed. The login tells at which step.",
  login_method_disabled: "The login method is disabled or was deleted.",
  login_method_not_allowed: "The application does not allow this login method.",
  user_disabled: "An admin disabled this person.",
  user_deprovisioned:
    "The provider deactivated this person by SCIM. They come in again once the provider activates them.",
  application_disabled: "The application is disabled.",
  unknown_host: "No application covers this address.",
  session_revoked: "The session was revoked, or has ended.",
  service_token_refused:
    "The service token is unknown, disabled or expired, or its secret is wrong.",
  service_token_unknown:
    "No service token has this Client ID. It may have been deleted, or the Client ID is mistyped.",
  service_token_disabled: "The service token is disabled. Enable it in Service Auth.",
  service_token_expired:
    "The service token has expired. Extend it in Service Auth; its secret stays the same.",
  service_token_wrong_secret:
    "The Client Secret is not that of this service token. It may be mistyped, or from before a rotation.",
  service_token_old_secret:
    "The Client Secret is the one from before the last rotation, whose time of overlap is over. Give the program the new one.",
  ambiguous_path:
    "The address can be read in two ways that belong to different applications, so nobody can say whose policies count.",
  bad_login_link:
    "The address where a sign-in ends came incomplete, changed, or more than a day late. Opening the application again helps.",
  other_host:
    "The sign-in came to another host than the one it belongs to. Let the proxy pass the Host header on as it came, or set X-Forwarded-Host.",
  no_browser_cookie:
    "The cookie that the sign-in began with did not come back: the browser blocks cookies, the proxy drops them, or somebody else began this sign-in.",
  handoff_spent:
    "The address where a sign-in ends works once, for a minute; it was opened again, or later.",
  redirect_loop:
    "The browser came back several times within seconds without the cookie that it was given. Look at the application's cookie settings (SameSite, https) and at its proxy; or the browser blocks cookies.",
  ended_meanwhile: "The session or the application ended while the person was on the way in.",
  login_expired: "The person came back from the provider too late.",
  unknown_login:
    "What came back from the provider belongs to no sign-in that is known: it was used already, is too old, or its login method was deleted.",
  too_many_logins:
    "Too many sign-ins began from this network within a minute; more are let begin in the next.",
  busy: "Too many sign-ins began at one moment; this one was asked to try again.",
  left: "The person signed out.",
};

/** Why an entry came out as it did, as a sentence. */
export const reasonWords = (reason: AccessReason): string => REASONS[reason];
