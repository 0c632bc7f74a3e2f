/**
 * Why a person does not get in, as far as they may know: no policy, group or rule is named.
 * - `identity`: a policy refused who they are. - `other`: a rule about anything else refused.
 * - `login_method`: signed in by a login method that is not (or no longer) open here.
 * - `user_disabled`, `application_disabled`: switched off by an admin.
 * - `user_deprovisioned`: the provider says by SCIM that they are not active.
 * - `service`: a program's service token was refused.
 * - `unknown_host`: no application stands at this address. - `ambiguous_path`: a path in a spelling
 *   that a proxy and an application may read differently. - `unavailable`: nobody can decide now.
 */
export const BLOCK_REASONS = [
  "identity",
  "other",
  "login_method",
  "user_disabled",
  "user_deprovisioned",
  "application_disabled",
  "service",
  "unknown_host",
  "ambiguous_path",
  "unavailable",
] as const;
export type BlockReason = (typeof BLOCK_REASONS)[number];

interface Words {
  title: string;
  why: string;
  fixes: readonly string[];
}

const ASK = "If you need it, ask the people who run it, and give them the reference below.";

/** For each reason: what it is, why, and what to do. */
export const BLOCK_WORDS: Record<BlockReason, Words> = {
  identity: {
    title: "That account does not have access",
    why: "You are signed in, but this account is not among those that may open this application.",
    fixes: ["If you have another account, sign in with that one.", ASK],
  },
  other: {
    title: "You cannot open this from here",
    why: "It is not about your account: this application opens only under conditions that this visit does not meet, such as a certain network or country.",
    fixes: ["Try again from where you usually work.", ASK],
  },
  login_method: {
    title: "This way of signing in is not accepted here",
    why: "You signed in with a login method that is not open for this application.",
    fixes: ["Sign in again with one that is.", ASK],
  },
  user_disabled: {
    title: "This account was switched off",
    why: "An admin disabled your account here, so that it opens no application.",
    fixes: ["Ask the people who run it, and give them the reference below."],
  },
  user_deprovisioned: {
    title: "Your organization deactivated this account",
    why: "You signed in, but the place where your organization keeps its accounts says that this one is not active, so it opens no application here.",
    fixes: [
      "Ask whoever gives you your accounts, such as your IT desk, to activate this one or to assign it again.",
      "If that was done just now, wait a few minutes and sign in again. If it goes on, give the people who run this the reference below.",
    ],
  },
  application_disabled: {
    title: "This application is switched off",
    why: "An admin disabled it, so that nobody can open it.",
    fixes: ["Try again later.", ASK],
  },
  service: {
    title: "These credentials do not open this application",
    why: "The service token that came with the request is not valid here.",
    fixes: [
      "Check the client id and the secret, and that the token has not expired.",
      "Ask the people who run it, and give them the reference below.",
    ],
  },
  unknown_host: {
    title: "Nothing is set up at this address",
    why: "No application has this address, so that nobody can open it.",
    fixes: ["Check the address for a typing mistake.", ASK],
  },
  ambiguous_path: {
    title: "This address is written in an unusual way",
    why: "It could be read in more than one way, so it was not passed on.",
    fixes: ["Open the application's first page and go on from there.", ASK],
  },
  unavailable: {
    title: "Access cannot be checked at this moment",
    why: "What decides who may come in does not answer, so nobody is let in.",
    fixes: ["Try again in a minute.", "If it lasts, tell the people who run it."],
  },
};
