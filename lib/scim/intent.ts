import { isDeepStrictEqual } from "node:util";
import { isJsonObject } from "./input/safe-json";
import type { GroupInput, MemberStep, UserInput } from "./schema";

type Method = "POST" | "PUT" | "PATCH" | "DELETE";

interface Common {
  method: Method;
  /** Who sent it (`recogniseClient`); null when nobody knows. */
  client: { name: string } | null;
}

export type IntentFacts = Common &
  (
    | { type: "User"; before: UserInput | null; after: UserInput | null }
    | {
        type: "Group";
        before: GroupInput | null;
        after: GroupInput | null;
        /** What was asked of its members; for POST and PUT one `replace`, or nothing. */
        steps?: readonly MemberStep[];
      }
  );

const sentence = (parts: readonly string[]): string =>
  parts.length < 2
    ? parts.join("")
    : `${parts.slice(0, -1).join(", ")} and ${parts[parts.length - 1]}`;

const maxNames = 3;

/** The top-level attributes that differ, an extension's by the names of its own. */
function changedNames(before: UserInput | GroupInput, after: UserInput | GroupInput): string[] {
  const flat = ({ attributes, ...own }: UserInput | GroupInput) =>
    Object.fromEntries(
      Object.entries({ ...attributes, ...own }).flatMap(([name, value]) =>
        name.includes(":") && isJsonObject(value) ? Object.entries(value) : [[name, value]],
      ),
    );
  const [old, now] = [flat(before), flat(after)];
  return [...new Set([...Object.keys(old), ...Object.keys(now)])].filter(
    (name) => !isDeepStrictEqual(old[name], now[name]),
  );
}

function listed(names: readonly string[]): string {
  const rest = names.length - maxNames;
  return sentence(rest > 0 ? [...names.slice(0, maxNames), `${rest} more`] : names);
}

/** The address that people know somebody by. */
function labelOf({ userName, attributes }: UserInput): string {
  if (userName.includes("@")) return userName;
  const emails = Array.isArray(attributes.emails) ? attributes.emails.filter(isJsonObject) : [];
  const email = (emails.find((each) => each.primary === true) ?? emails[0])?.value;
  return typeof email === "string" && email !== "" ? `${userName} (${email})` : userName;
}

/** A PUT sends everything whether or not it changed; a PATCH asks for a change. */
const nothingNew = (method: Method, what: string): string =>
  method === "PATCH" ? `changed nothing of ${what}` : `sent ${what} again, with nothing new`;

function userIntent(method: Method, before: UserInput | null, after: UserInput | null): string {
  if (after === null) return before === null ? "deleted a user" : `deleted ${labelOf(before)}`;
  const who = labelOf(after);
  if (before === null) return after.active ? `created ${who}` : `created ${who}, not active`;
  const names = changedNames(before, after).filter(
    (name) => name !== "active" && name !== "userName",
  );
  const done = [
    ...(before.userName === after.userName
      ? []
      : [`renamed ${before.userName} to ${after.userName}`]),
    ...(before.active && !after.active ? [`deactivated ${who}`] : []),
    ...(!before.active && after.active ? [`reactivated ${who}`] : []),
    ...(names.length === 0 ? [] : [`changed ${listed(names)} of ${who}`]),
  ];
  return done.length === 0 ? nothingNew(method, who) : sentence(done);
}

function counted(members: readonly { type: unknown }[]): string {
  const areMembers = members.some(({ type }) => type === "Group");
  if (members.length === 1) return areMembers ? "1 member" : "1 person";
  return `${members.length.toLocaleString("en")} ${areMembers ? "members" : "people"}`;
}

function stepIntent(step: MemberStep, name: string): string {
  switch (step.op) {
    case "add":
      return `added ${counted(step.members)} to ${name}`;
    case "remove":
      return `removed ${counted(step.members)} from ${name}`;
    case "replace":
      return `set the members of ${name} to ${counted(step.members)}`;
    case "clear":
      return `removed everybody from ${name}`;
  }
}

function groupIntent(
  method: Method,
  before: GroupInput | null,
  after: GroupInput | null,
  steps: readonly MemberStep[],
): string {
  if (after === null) {
    return before === null ? "deleted a group" : `deleted the group ${before.displayName}`;
  }
  const name = after.displayName;
  if (before === null) {
    const members = steps.flatMap((step) => (step.op === "clear" ? [] : step.members));
    const having = members.length === 0 ? "" : ` with ${counted(members)}`;
    return `created the group ${name}${having}`;
  }
  const names = changedNames(before, after).filter((each) => each !== "displayName");
  const done = [
    ...(before.displayName === name ? [] : [`renamed the group ${before.displayName} to ${name}`]),
    ...(names.length === 0 ? [] : [`changed ${listed(names)} of the group ${name}`]),
    ...steps.slice(0, maxNames).map((step) => stepIntent(step, name)),
    ...(steps.length > maxNames ? [`made ${steps.length - maxNames} more changes of members`] : []),
  ];
  return done.length === 0 ? nothingNew(method, `the group ${name}`) : sentence(done);
}

/** What a provider wanted, in words for the log: "Okta deactivated bob@example.com". */
export function intentOf(facts: IntentFacts): string {
  const what =
    facts.type === "User"
      ? userIntent(facts.method, facts.before, facts.after)
      : groupIntent(facts.method, facts.before, facts.after, facts.steps ?? []);
  return `${facts.client?.name ?? "The provider"} ${what}`;
}
