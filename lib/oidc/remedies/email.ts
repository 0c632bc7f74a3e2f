import type { Remedy } from "../schema";
import { type Maker, remedy, said } from "./evidence";

/** What people may fill in about themselves anywhere, or that is not their address at work. */
const FREE =
  /(^|[._/:-])(nick_?name|name|given_name|family_name|middle_name|profile|picture|website|locale|zoneinfo|address)$|recovery|alternat|secondary|personal|backup|other|unverified|notification|manager|contact|support/i;
const RANKS = [
  /^(e-?mail|mail)$/i,
  /(^|[._/:-])(e-?mail|mail|email_?address|e-?mail_?addresses|e-?mails)(\.\d+)?$/i,
  /e-?mail/i,
  /^(upn|preferred_username|unique_name|username|user_?name|login)$/i,
];
const MOST = 3;

const rank = (claim: string): number => {
  const at = RANKS.findIndex((pattern) => pattern.test(claim));
  return at < 0 ? RANKS.length : at;
};

/** Claims that may stand in for the email claim, the likeliest first; none that anyone may edit. */
export const emailCandidates = (claims: readonly string[]): string[] =>
  claims
    .filter((claim) => !FREE.test(claim) && !/\s/.test(claim) && claim.length <= 100)
    .sort((a, b) => rank(a) - rank(b) || a.length - b.length)
    .slice(0, MOST);

export const emailClaim = (name: string): Remedy =>
  remedy(`Use "${name}" as Email claim name`, { email_claim_name: name });

/** "email" itself, where the configured claim brought nothing and that one did. */
export const standardEmail: Maker = ({ connection }) =>
  connection.emailClaim === "email" ? [] : [emailClaim("email")];

/** The same claim as the provider spells it. */
export const respelledEmail: Maker = (evidence) => {
  const spelled = said(evidence, "Other spelling");
  return spelled ? [emailClaim(spelled)] : [];
};
