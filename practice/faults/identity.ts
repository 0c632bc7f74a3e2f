import type { Fault, Hook } from "./fault";
import { bareIdToken, withClaims, without } from "./reissue";

const NO_ADDRESS = ["email", "email_verified"];

/** The same change of the claims in the ID token and at user info. */
const everywhere = (change: (claims: Record<string, unknown>) => object) => {
  const userinfo: Hook = (context) => {
    context.body = change(context.body as Record<string, unknown>);
  };
  return { token: withClaims((payload) => change(payload)), userinfo };
};

const guid = (at: number): string => `0000000${at}-5a5a-4b4b-8c8c-0123456789ab`;

/** What the claims say of the person: addresses, groups and whatever is saved. */
export const IDENTITY_FAULTS: readonly Fault[] = [
  {
    id: "fault-email-elsewhere",
    title: "Email address in the claim mail",
    expect: "No email in the answer; the button takes the claim that holds it.",
    code: "no_email",
    remedy: 'Use "mail" as Email claim name',
    hooks: everywhere(({ email, ...rest }) => ({ ...without(...NO_ADDRESS)(rest), mail: email })),
  },
  {
    id: "fault-email-text",
    title: "Email claim that holds a user name",
    expect: "The email claim holds no address; the button takes the claim that does.",
    code: "email_invalid",
    remedy: 'Use "work.mail" as Email claim name',
    hooks: everywhere(({ email, ...rest }) => ({
      ...rest,
      email: "ada",
      work: { mail: email, phone: "112" },
    })),
  },
  {
    id: "fault-email-fallback",
    title: "Email claim name that no claim has",
    expect: 'Passes with a warning: the email came from "email" instead.',
    code: "email_fallback",
    remedy: 'Use "email" as Email claim name',
    setup: { email_claim_name: "upn" },
  },
  {
    id: "fault-email-scope",
    title: "Scope email not asked for",
    expect: "No email in the answer; the button adds the scope.",
    code: "no_email",
    remedy: "Add the scope email",
    setup: { scopes: ["openid", "profile"] },
  },
  {
    id: "variant-email-unverified",
    title: "Email address that nobody has verified",
    expect: "Passes with a warning (as mallory).",
    code: "email_unverified",
    user: "mallory",
  },
  {
    id: "fault-claim-spelling",
    title: "Saved claim in another spelling",
    expect: "Passes with a warning: Department did not come; the button saves department.",
    code: "claims_missing",
    remedy: "Save department in place of Department",
    setup: { claims: ["Department"] },
  },
  {
    id: "fault-claim-nested",
    title: "Saved claim that is inside another one",
    expect: "Passes with a warning: country did not come; the button saves org.country.",
    code: "claims_missing",
    remedy: "Save org.country in place of country",
    setup: { claims: ["country"] },
  },
  {
    id: "fault-claim-scope",
    title: "Saved claim whose scope was not asked for",
    expect: "Passes with a warning: given_name did not come; the button adds the scope.",
    code: "claims_missing",
    remedy: "Add the scope profile",
    setup: { claims: ["given_name"], scopes: ["openid", "email"] },
  },
  {
    id: "fault-groups-missing",
    title: "Groups that are saved, and whose scope was not asked for",
    expect: "Passes with a warning: groups are missing; the button adds the scope.",
    code: "groups_missing",
    remedy: "Add the scope groups",
    setup: { claims: ["groups"], scopes: ["openid", "email", "profile"] },
  },
  {
    id: "fault-groups-overage",
    title: "Too many groups for one token",
    expect: "Passes with a warning: groups are missing, a reference came instead.",
    code: "groups_overage",
    hooks: everywhere(({ groups: _tooMany, ...rest }) => ({
      ...rest,
      _claim_names: { groups: "src1" },
      _claim_sources: { src1: { endpoint: "https://graph.example.com/me/getMemberObjects" } },
    })),
  },
  {
    id: "variant-groups-ids",
    title: "Groups as IDs",
    expect: "Passes; it is noted that the groups are IDs, not names.",
    code: "groups_ids",
    hooks: everywhere((claims) => ({ ...claims, groups: [guid(1), guid(2)] })),
  },
  {
    id: "variant-groups-paths",
    title: "Groups as full paths",
    expect: "Passes; it is noted that the groups are full paths.",
    code: "groups_paths",
    hooks: everywhere((claims) => ({ ...claims, groups: ["/staff", "/staff/engineering"] })),
  },
  {
    id: "variant-user-info-claims",
    title: "Saved claims at the user info endpoint only",
    expect: "Passes: the saved claims come from user info, by name and by path.",
    code: null,
    setup: { claims: ["department", "org.unit.name", "groups"] },
    hooks: { token: bareIdToken },
  },
];
