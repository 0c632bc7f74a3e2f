/** A value that came. */
export interface Hint {
  value: string;
  /** Its type, how many people brought it, or where else it is from. */
  detail: string;
  /** What it is called where it is an id. */
  label?: string;
}

/** What rules may want to name. */
export interface RuleHints {
  /** Names of claims. */
  claims: Hint[];
  groups: Hint[];
  /** Whether some of the groups were pushed by SCIM. */
  scim: boolean;
  values: { claim: string; hints: Hint[] }[];
  /** Of email addresses, whatever the login method. */
  domains: Hint[];
}

/** Of each kind. */
export const MOST_HINTS = 100;
