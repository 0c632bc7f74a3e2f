import { NETWORK_FAULTS } from "@/lib/outbound/network-fault";

/** What a person is told who cannot change any setting: no diagnosis, no address, no claim. */
export interface FailureWords {
  title: string;
  why: string;
  fixes: readonly string[];
}

type Kind = "cancelled" | "again" | "no_email" | "other_account" | "down" | "settings";

const KINDS: Record<string, Kind> = {
  access_denied: "cancelled",
  cancelled: "cancelled",
  login_required: "again",
  invalid_grant: "again",
  bad_verification_code: "again",
  nonce_mismatch: "again",
  expired: "again",
  auth_time_old: "again",
  took_too_long: "down",
  no_email: "no_email",
  email_invalid: "no_email",
  email_unproven: "no_email",
  no_verified_email: "no_email",
  tenant_missing: "other_account",
  tenant_not_allowed: "other_account",
  issuer_tenant: "other_account",
  claim_not_as_required: "other_account",
  provider_error: "down",
};

const ENDPOINT = /^(?:jwks|token|userinfo|person|par)_(.+)$/;
const DOWN = new Set<string>(["server_error", "rate_limited", "timeout", "network"]);
/** What an admin has to repair, among the things that go wrong below HTTP. */
const SETTINGS = /^(?:blocked|plain_http|tls_)/;

function kindOf(code: string): Kind {
  const known = Object.hasOwn(KINDS, code) ? KINDS[code] : undefined;
  if (known) return known;
  const fault = ENDPOINT.exec(code)?.[1] ?? "";
  const unreachable = NETWORK_FAULTS.some((name) => name === fault) && !SETTINGS.test(fault);
  return DOWN.has(fault) || unreachable ? "down" : "settings";
}

const TELL = "If it happens again, tell the people who run it, with the reference below.";

const WORDS: Record<Kind, (provider: string) => FailureWords> = {
  cancelled: (provider) => ({
    title: "You were not signed in",
    why: `${provider} says that the sign-in was cancelled, or that your account may not use it here.`,
    fixes: ["Sign in again, and agree if you are asked.", TELL],
  }),
  again: (provider) => ({
    title: "The sign-in was not completed",
    why: `The answer of ${provider} came too late or did not fit to what was asked, so it was not used.`,
    fixes: ["Sign in again, without using the Back button.", TELL],
  }),
  no_email: (provider) => ({
    title: "Your account has no email address that counts",
    why: `${provider} did not tell an email address of yours that it vouches for, and people are known by it here.`,
    fixes: [
      `Add an email address to your account at ${provider}, confirm it, and sign in again.`,
      TELL,
    ],
  }),
  other_account: (provider) => ({
    title: "That account is of another organization",
    why: `You signed in to ${provider} with an account that is not accepted here.`,
    fixes: ["Sign in with the account of your organization.", TELL],
  }),
  down: (provider) => ({
    title: `${provider} does not answer as it should`,
    why: "Your sign-in could not be checked, so you were not signed in.",
    fixes: ["Try again in a minute.", TELL],
  }),
  settings: (provider) => ({
    title: `Signing in with ${provider} does not work at the moment`,
    why: "Its answer could not be accepted. This is nothing that you did: the connection to it has to be looked at.",
    fixes: [
      "Tell the people who run it, with the reference below.",
      "Choose another way to sign in, if there is one.",
    ],
  }),
};

/** How a failed login is put to the person; `code` is the diagnosis that its trace shows to admins. */
export const failureWords = (code: string, provider: string): FailureWords =>
  WORDS[kindOf(code)](provider);
