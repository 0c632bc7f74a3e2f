import type { Decision } from "@/lib/policies/schema";
import { domainOf, rangesMeet } from "./disjoint";
import type { RowSets, RuleRow } from "./rule-rows";
import { SELECTOR_WORDS } from "./selectors";

export interface GuardRail {
  tone: "info" | "warning" | "danger";
  title: string;
  text: string;
  /** Keys of the Require rows that an access group can hold in their place. */
  convert?: string[];
}

/** What a person or a request has exactly one of: two different ones in Require are never both there. */
const SINGLE = {
  email: "Nobody has two email addresses at once",
  email_domain: "Nobody's address ends in two domains",
  geo: "Nobody is in two countries at once",
  login_method: "Nobody signs in with two login methods at once",
  service_token: "A program sends one service token",
} as const;
type Single = keyof typeof SINGLE;

const fold = (selector: Single, value: string): string => {
  if (selector === "email") return value.trim().toLowerCase();
  return selector === "email_domain" ? domainOf(value) : value;
};

function severalOf(require: readonly RuleRow[], selector: Single): GuardRail | null {
  const rows = require.filter((row) => row.selector === selector);
  const values = new Set(rows.flatMap((row) => row.values.map((value) => fold(selector, value))));
  if (values.size < 2) return null;
  return {
    tone: "danger",
    title: `${SINGLE[selector]}, so this matches nobody`,
    text: `Every Require rule must match, and there are ${values.size} different values of ${SELECTOR_WORDS[selector].label}. An access group turns them into “one of these”.`,
    convert: rows.map(({ key }) => key),
  };
}

function apartRanges(require: readonly RuleRow[]): GuardRail | null {
  const rows = require.filter(({ selector }) => selector === "ip");
  const ranges = rows.flatMap(({ values }) => values);
  const apart = ranges.some((one, at) => ranges.slice(at + 1).some((two) => !rangesMeet(one, two)));
  return apart
    ? {
        tone: "danger",
        title: "No address is in all of these ranges, so this matches nobody",
        text: "Every Require rule must match. An access group turns them into “one of these”.",
        convert: rows.map(({ key }) => key),
      }
    : null;
}

/** An address outside a domain that is required too. */
function apartAddress(require: readonly RuleRow[]): GuardRail | null {
  const values = (selector: Single) =>
    require.filter((row) => row.selector === selector).flatMap((row) => row.values);
  const [emails, domains] = [values("email"), values("email_domain")];
  if (emails.length !== 1 || domains.length !== 1) return null;
  const [email = "", domain = ""] = [emails[0], domains[0]];
  return domainOf(email) === domainOf(domain)
    ? null
    : {
        tone: "danger",
        title: `${email} does not end in @${domainOf(domain)}, so this matches nobody`,
        text: "Every Require rule must match. Remove one of the two.",
      };
}

/** Claims and groups that belong to different login methods. */
function apartMethods(require: readonly RuleRow[]): GuardRail | null {
  const rows = require.filter(({ selector }) => selector === "oidc" || selector === "idp_group");
  const methods = new Set(rows.map(({ method }) => method).filter(Boolean));
  return methods.size < 2
    ? null
    : {
        tone: "danger",
        title: "These claims and groups come from different login methods, so this matches nobody",
        text: "People sign in with one login method at a time. An access group turns the rules into “one of these”.",
        convert: rows.map(({ key }) => key),
      };
}

const holds = (rows: readonly RuleRow[], selector: RuleRow["selector"]): boolean =>
  rows.some((row) => row.selector === selector);

function everyone({ include, require, exclude }: RowSets, decision: Decision): GuardRail | null {
  if (decision !== "allow" || !holds(include, "everyone")) return null;
  const narrowed = require.length > 0;
  return {
    tone: narrowed ? "info" : "warning",
    title: narrowed
      ? "Include matches everyone; the Require rules decide"
      : `Everybody who can sign in gets in${exclude.length > 0 ? ", but for those excluded" : ""}`,
    text: narrowed
      ? "Other Include rules change nothing while Everyone stands there."
      : "If a login method takes anybody, such as Google or GitHub, that is anybody with an account there. Add a Require rule, or name who may come in.",
  };
}

function noToken({ include, require }: RowSets, decision: Decision): GuardRail | null {
  const named = [...include, ...require].some(
    ({ selector }) =>
      selector === "service_token" ||
      selector === "any_valid_service_token" ||
      selector === "group",
  );
  return decision !== "non_identity" || named || include.length === 0
    ? null
    : {
        tone: "danger",
        title: "This lets requests in without any credentials",
        text: "No rule asks for a service token. Add Service Token or Any Access Service Token to Include or Require.",
      };
}

/** What is worth a second look. `decision` is null for an access group. */
export function guardRails(sets: RowSets, decision: Decision | null): GuardRail[] {
  const { require } = sets;
  const found = [
    ...(Object.keys(SINGLE) as Single[]).map((selector) => severalOf(require, selector)),
    apartRanges(require),
    apartAddress(require),
    apartMethods(require),
    decision && everyone(sets, decision),
    decision && noToken(sets, decision),
  ];
  return found.filter((rail) => rail !== null);
}
