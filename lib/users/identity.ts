import { AppError } from "@/lib/kit/errors";
import type { Identity } from "@/lib/oidc/schema";
import type { PersonIdentity } from "./schema";

const MAX_SUBJECT = 1000;
/** What took the place of text that cannot be stored: two subjects could look alike. */
const REPLACED = "\ufffd";

const refused = (what: string): AppError =>
  new AppError("forbidden", `The login method named ${what}, so nobody can tell who signed in.`, {
    fix: "Test the login method: its claims are shown there.",
  });

/**
 * What the OIDC engine learnt about a person, as sessions and the user registry keep it. Names and
 * values stay as they were sent. Throws AppError `forbidden` for an identity without an email
 * address, or without a subject that tells one person from another.
 */
export function identityOf(
  identity: Identity,
  loginMethod: PersonIdentity["loginMethod"],
  issuer: string,
): PersonIdentity {
  const { sub, email, name, groups, amr, custom } = identity;
  if (!email?.value) throw refused("no email address that counts");
  const subject = sub.value;
  if (subject === "" || subject === "undefined" || subject.length > MAX_SUBJECT) {
    throw refused("no usable subject");
  }
  if (issuer === "" || `${issuer}${subject}`.includes(REPLACED)) throw refused("an odd subject");
  return {
    email: email.value,
    name: name?.value ?? null,
    issuer,
    subject,
    loginMethod: { id: loginMethod.id, name: loginMethod.name, kind: loginMethod.kind },
    groups: groups?.value ?? [],
    amr: amr?.value ?? [],
    claims: custom.map(({ name: claim, value, values }) => ({ name: claim, value, values })),
  };
}
