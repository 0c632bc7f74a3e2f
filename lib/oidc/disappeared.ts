import { allClaims, type ClaimSets, resolveClaim } from "./claim-lookup";
import { factsOf } from "./failure";
import type { Finding } from "./finding";
import type { Connection } from "./schema";

const MOST_NAMED = 20;
/** Values that are looked at for names of an earlier run, which nobody chose. */
const MOST_WORK = 500_000;

interface Gone {
  /** Saved claims, the email claim and groups. */
  missed: string[];
  others: string[];
}

/** Claims that an earlier passed run brought and this one did not. */
function goneOf(connection: Connection, sets: ClaimSets, previous: readonly string[]): Gone {
  const claims = allClaims(sets);
  const work = { left: MOST_WORK };
  // Where the search was cut short, nothing was proven gone.
  const gone = previous.filter(
    (name) => resolveClaim(claims, name, work) === null && work.left > 0,
  );
  const wanted = new Set([...connection.claims, connection.emailClaim]);
  const isMissed = (name: string) => wanted.has(name) || name.toLowerCase() === "groups";
  return {
    missed: gone.filter(isMissed),
    others: gone.filter((name) => !isMissed(name)).slice(0, MOST_NAMED),
  };
}

/**
 * The findings with a warning for claims that are gone since the last pass. It stands in place of
 * `claims_missing` and `groups_missing` where they would say nothing more.
 */
export function withDisappeared(
  findings: readonly Finding[],
  connection: Connection,
  sets: ClaimSets,
  previous: readonly string[],
): { findings: Finding[]; facts: Finding["facts"] } {
  const { missed, others } = goneOf(connection, sets, previous);
  const facts = others.length > 0 ? factsOf({ "Gone since the last pass": others }) : [];
  if (missed.length === 0) return { findings: [...findings], facts };
  const claims = allClaims(sets);
  const missing = connection.claims.filter(
    (name) => resolveClaim(claims, name) === null && !missed.includes(name),
  );
  const replaced = [
    missing.length === 0 && "claims_missing",
    missed.includes("groups") && "groups_missing",
  ];
  const rest = findings.filter(({ code }) => !replaced.includes(code));
  const remedies = findings.find(({ code }) => code === "claims_missing")?.remedies ?? [];
  return {
    findings: [
      ...rest,
      {
        code: "claims_disappeared",
        facts: factsOf({ Gone: missed, "Also gone": others.length > 0 ? others : null }),
        remedies,
      },
    ],
    facts,
  };
}
