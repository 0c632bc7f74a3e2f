import { COMMON_PASSWORDS } from "./common-passwords";

export const MIN_PASSWORD = 15;
/** Hashing costs more with length; nobody types more than this. */
export const MAX_PASSWORD = 256;

/** Characters as a person counts them. */
const lengthOf = (text: string): number => [...text].length;

const fold = (text: string): string =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");

/** A short text over and over (`abcabcabc…`), or one that steps through the alphabet or the digits. */
function isPattern(folded: string): boolean {
  for (let size = 1; size <= Math.min(4, folded.length / 3); size += 1) {
    const unit = folded.slice(0, size);
    if (unit.repeat(Math.ceil(folded.length / size)).startsWith(folded)) return true;
  }
  const steps = [...folded].slice(1).map((char, at) => char.charCodeAt(0) - folded.charCodeAt(at));
  return steps.length > 0 && [-1, 1].some((step) => steps.every((value) => value === step));
}

/** What is wrong with a new password, as the message for its field; null when nothing is. */
export function passwordIssue(password: string, email: string): string | null {
  if (lengthOf(password) < MIN_PASSWORD) return "Use at least 15 characters";
  if (lengthOf(password) > MAX_PASSWORD) return `Use at most ${MAX_PASSWORD} characters`;
  const folded = fold(password);
  if (COMMON_PASSWORDS.has(folded) || isPattern(folded)) {
    return "This is one of the first passwords an attacker tries. Use a few unrelated words instead";
  }
  const name = fold(email.split("@")[0] ?? "");
  if (name.length >= 4 && folded.includes(name)) {
    return "Leave the name in your email address out of the password";
  }
  return null;
}

/** How strong a password looks, as words under the field while it is typed. */
export function passwordStrength(password: string, email: string): string {
  const length = lengthOf(password);
  if (length === 0) return "15 characters or more. Several unrelated words work well.";
  if (length < MIN_PASSWORD) return `${MIN_PASSWORD - length} more to go.`;
  const issue = passwordIssue(password, email);
  if (issue) return `${issue}.`;
  return length < 20 ? "Good length." : "Strong.";
}
