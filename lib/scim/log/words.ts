import type { Effect } from "../schema";
import type { ScimLogEntry } from "./schema";

const people = (count: number): string =>
  count === 1 ? "1 person" : `${count.toLocaleString("en-GB")} people`;

/** Whom an effect is about: one person by their address, or so many. */
const whom = ({ email, count }: Effect): string => email ?? people(count);

const sessions = (count: number): string =>
  count === 1 ? "1 session" : `${count.toLocaleString("en-GB")} sessions`;

const list = new Intl.ListFormat("en-GB");

function ended({ email, count, applications = [] }: Effect): string {
  const of = email ? ` of ${email}` : "";
  const at = applications.length > 0 ? `, which were open at ${list.format(applications)}` : "";
  return `Ended ${sessions(count)}${of}${at}.`;
}

const WORDS: Record<Effect["kind"], (effect: Effect) => string> = {
  registered: (effect) => `Added ${whom(effect)} to My Team > Users, without a seat.`,
  linked: (effect) => `Recognised ${whom(effect)}, who had signed in before.`,
  sessions_ended: ended,
  seat_freed: (effect) => `Freed the seat of ${whom(effect)}.`,
  seat_kept: (effect) =>
    `Left the seat of ${whom(effect)} taken, because Remove user seat on deprovision is off.`,
  identity_updated: (effect) => `Updated the identity of ${whom(effect)} in the user registry.`,
  kept_out: (effect) =>
    `Refuses sign-ins of ${whom(effect)} until the provider activates them again.`,
  let_in_again: (effect) => `Lets ${whom(effect)} sign in again.`,
};

/** What a push did to people, as a sentence. */
export const effectWords = (effect: Effect): string => WORDS[effect.kind](effect);

export const hasFailed = ({ status }: Pick<ScimLogEntry, "status">): boolean => status >= 400;

const VERBS: Record<string, string> = {
  POST: "create",
  PUT: "replace",
  PATCH: "change",
  DELETE: "delete",
  GET: "read",
};

/** What was asked for, in words. */
export function requestWords(entry: ScimLogEntry): string {
  const { intent, method, path, resourceType, userEmail, groupName } = entry;
  if (intent !== null) return intent;
  const verb = VERBS[method];
  if (!verb || !resourceType || !hasFailed(entry)) return `${method} ${path}`.trim();
  const what = resourceType === "USER" ? "user" : "group";
  const name = resourceType === "USER" ? userEmail : groupName;
  return `Failed to ${verb} ${name ? `the ${what} ${name}` : `a ${what}`}`;
}
