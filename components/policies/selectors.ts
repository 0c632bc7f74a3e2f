import { DECISION_LABELS, type Decision } from "@/lib/policies/schema";
import type { RowSelector } from "./rule-rows";

export interface SelectorWords {
  label: string;
  /** What stands over its values. */
  values?: string;
  help?: string;
}

/** In the order of the list; the names are Cloudflare's. */
export const SELECTOR_WORDS: Record<RowSelector, SelectorWords> = {
  email: { label: "Emails", values: "Email addresses" },
  email_domain: {
    label: "Emails ending in",
    values: "Domains",
    help: "The whole part behind the @: example.com does not let people of sub.example.com in.",
  },
  everyone: { label: "Everyone", help: "Everybody who can sign in, and programs too." },
  ip: {
    label: "IP ranges",
    values: "Addresses and ranges",
    help: "Such as 192.0.2.7, 192.0.2.0/24 or 2001:db8::/32.",
  },
  geo: {
    label: "Country",
    values: "Countries",
    help: "Taken from the header that your proxy sets; unknown without one.",
  },
  login_method: { label: "Login Methods", values: "Login methods" },
  idp_group: {
    label: "Identity provider group",
    values: "Groups",
    help: "As the provider sends them, letter for letter.",
  },
  oidc: {
    label: "OIDC Claim",
    values: "Values",
    help: "Matches when one of the claim's values is exactly this.",
  },
  auth_method: {
    label: "Authentication Method",
    values: "Methods",
    help: "What the provider says in amr about how the person signed in.",
  },
  group: { label: "Access Groups", values: "Access groups" },
  service_token: { label: "Service Token", values: "Service tokens" },
  any_valid_service_token: {
    label: "Any Access Service Token",
    help: "Every service token of this installation that is enabled and has not expired.",
  },
  external_evaluation: {
    label: "External Evaluation",
    help: "Your own service decides. It is asked when somebody signs in or when their token is renewed.",
  },
  unknown: {
    label: "Not supported",
    help: "This version does not know the selector, so the rule never matches. Remove it to save.",
  },
};

const OFFERED = Object.keys(SELECTOR_WORDS).filter((key) => key !== "unknown") as RowSelector[];

const ANONYMOUS = new Set<RowSelector>(["everyone", "ip", "geo", "group"]);
const SERVICE = new Set<RowSelector>(["service_token", "any_valid_service_token"]);

/** The selectors that a policy of this action may use; null stands for an access group. */
export function offered(decision: Decision | null): RowSelector[] {
  if (decision === "bypass") return OFFERED.filter((one) => ANONYMOUS.has(one));
  if (decision === "non_identity") {
    return OFFERED.filter((one) => ANONYMOUS.has(one) || SERVICE.has(one));
  }
  return OFFERED;
}

export interface NotOffered {
  labels: string[];
  why: string;
}

const labelsOf = (selectors: readonly RowSelector[]): string[] =>
  selectors.map((one) => SELECTOR_WORDS[one].label);

/** Selectors that this version or this action does not have, with the reason. */
export function notOffered(decision: Decision | null): NotOffered[] {
  const left = OFFERED.filter((one) => !offered(decision).includes(one));
  const identity = left.filter((one) => !SERVICE.has(one));
  const service = left.filter((one) => SERVICE.has(one));
  const action = decision ? DECISION_LABELS[decision] : "";
  return [
    ...(identity.length > 0
      ? [
          {
            labels: labelsOf(identity),
            why:
              decision === "bypass"
                ? "Bypass lets people in before they sign in, so nothing is known about them."
                : `${action} is for programs, which do not sign in.`,
          },
        ]
      : []),
    ...(service.length > 0
      ? [{ labels: labelsOf(service), why: "Bypass asks for no credentials. Use Service Auth." }]
      : []),
    { labels: ["SAML Group"], why: "This version has no SAML login methods." },
    {
      labels: ["Valid Certificate", "Common Name"],
      why: "The gate does not see client certificates: your proxy checks them.",
    },
    {
      labels: ["Device Posture", "Gateway", "WARP"],
      why: "They need an agent on the device, which Gatehouse does not have.",
    },
  ];
}

/** Why a selector cannot stand in a policy of this action; null where it can. */
export function misplaced(decision: Decision | null, selector: RowSelector): string | null {
  if (selector === "unknown") return "This version does not know this selector. Remove the rule";
  if (offered(decision).includes(selector)) return null;
  const { label } = SELECTOR_WORDS[selector];
  return notOffered(decision).find(({ labels }) => labels.includes(label))?.why ?? null;
}

export const DECISION_MEANINGS: Record<Decision, string> = {
  allow: "People who match get in, after they have signed in.",
  deny: "People who match are refused, even where a policy below would let them in.",
  bypass: "Whoever matches gets in without signing in.",
  non_identity: "Programs with a service token get in; nobody is asked to sign in.",
};
