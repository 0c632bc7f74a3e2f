import { etagOf } from "./render";
import { ScimError } from "./scim-error";

/** Tags of an `If-Match` or `If-None-Match`, without what makes them weak; `*` stays. */
const tagsIn = (header: string): string[] =>
  header
    .split(",")
    .map((tag) => tag.trim().replace(/^W\//i, ""))
    .filter(Boolean);

const names = (header: string, version: number): boolean => {
  const tag = etagOf(version).replace(/^W\//, "");
  return tagsIn(header).some((given) => given === "*" || given === tag || given === `${version}`);
};

/**
 * Refuses a change of a resource that is not what its client last read: ScimError 412 (RFC 7644 §3.14).
 * Without an `If-Match` nothing is refused.
 */
export function requireMatch(ifMatch: string | null, version: number): void {
  if (ifMatch === null || names(ifMatch, version)) return;
  throw new ScimError(
    412,
    `The resource has changed: its version is ${etagOf(version)} now. Read it again, then repeat the change.`,
  );
}

/** Whether a client already has this version (`If-None-Match`), so that 304 says enough. */
export const isCurrent = (ifNoneMatch: string | null, version: number): boolean =>
  ifNoneMatch !== null && names(ifNoneMatch, version);
