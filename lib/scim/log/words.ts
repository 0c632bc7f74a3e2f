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
  kept_out: (effect) => `Refuses sign-ins of ${whom(effect)} while the provider deactivates them.`,
  let_in_again: (effect) => `Lets ${whom(effect)} sign in again.`,
};

/** What a push did to people, as a sentence. */
export const effectWords = (effect: Effect): string => WORDS[effect.kind](effect);

/** What was asked for, in words where they are known. */
export const requestWords = ({ intent, method, path }: ScimLogEntry): string =>
  intent ?? `${method} ${path}`.trim();

export const hasFailed = ({ status }: Pick<ScimLogEntry, "status">): boolean => status >= 400;
