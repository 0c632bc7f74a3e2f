import { distinctClaims, type FoundClaim, otherSpelling, resolveClaim } from "./claim-lookup";
import { pathsInto } from "./claim-paths";
import { emailIn } from "./email";
import { factsOf } from "./failure";
import type { Finding } from "./finding";
import { emailCandidates, emailClaim } from "./remedies/email";
import type { Connection, Identity } from "./schema";

const MOST_PATHS = 40;

/** Names and paths that hold an address. */
function holders(claims: readonly FoundClaim[]): string[] {
  const roots = distinctClaims(claims);
  const nested = roots.flatMap((root) => pathsInto(claims, root, MOST_PATHS));
  return [...roots, ...nested.slice(0, MOST_PATHS)]
    .filter(({ value }) => emailIn(value) !== null)
    .map(({ name }) => name);
}

function missing(claims: readonly FoundClaim[], connection: Connection, came: boolean): Finding {
  const { emailClaim: wanted, userinfoUrl } = connection;
  const candidates = emailCandidates(holders(claims).filter((name) => name !== wanted));
  return {
    code: came ? "email_invalid" : "no_email",
    facts: factsOf({
      "Email claim name": wanted,
      "Suggested claim": candidates[0],
      "Claims with an address": candidates.slice(1),
      "Other spelling": resolveClaim(claims, wanted) ? null : otherSpelling(claims, wanted),
      "User info URL": userinfoUrl === null ? "not set" : null,
    }),
    remedies: candidates.map(emailClaim),
  };
}

/** The email address: of the configured claim, else of "email", with a warning. */
export function emailOf(
  claims: readonly FoundClaim[],
  connection: Connection,
): { email: Identity["email"]; problem: Finding | null; warnings: Finding[] } {
  const { emailClaim: wanted } = connection;
  const candidates = [wanted, "email"].map((name) => resolveClaim(claims, name));
  const claim = candidates.find((found) => found && emailIn(found.value) !== null);
  const value = emailIn(claim?.value);
  if (!claim || value === null) {
    return {
      email: null,
      problem: missing(claims, connection, candidates.some(Boolean)),
      warnings: [],
    };
  }
  const email = { value, source: claim.source, claim: claim.name };
  if (claim.name === wanted) return { email, problem: null, warnings: [] };
  const spelled = resolveClaim(claims, wanted) ? null : otherSpelling(claims, wanted);
  const facts = factsOf({ "Email claim name": wanted, "Other spelling": spelled });
  return { email, problem: null, warnings: [{ code: "email_fallback", facts }] };
}
