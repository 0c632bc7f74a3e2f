import type { Config, Connector } from "@/lib/connectors/definition";
import type { LoginMethod, Scim } from "./schema";

/** Where the form of a new login method begins when it is made from another one. */
export interface MethodCopy {
  /** Name of the one it was made from. */
  of: string;
  name: string;
  config: Config;
  scim: Scim;
  /** Labels of the secrets to enter: they belong to the other one and are not copied. */
  secretsToEnter: string[];
}

const MAX_NAME = 100;

/** `Okta (copy)`, `Okta (copy 2)`…: the first that nobody has; names differ by more than case. */
export function copyName(name: string, taken: readonly string[]): string {
  const used = new Set(taken.map((one) => one.toLowerCase()));
  const base = name.replace(/ \(copy(?: \d+)?\)$/, "");
  for (let number = 1; ; number += 1) {
    const ending = number === 1 ? " (copy)" : ` (copy ${number})`;
    // By code points: half a character could not be stored.
    const room = Array.from(base).slice(0, MAX_NAME - ending.length);
    while (room.join("").length + ending.length > MAX_NAME) room.pop();
    const candidate = `${room.join("").trimEnd()}${ending}`;
    if (!used.has(candidate.toLowerCase())) return candidate;
  }
}

export function copyOf(
  method: Pick<LoginMethod, "name" | "config" | "secrets" | "scim">,
  connector: Connector,
  taken: readonly string[],
): MethodCopy {
  const settings = connector.fields.filter(({ name }) => !connector.secrets.includes(name));
  return {
    of: method.name,
    name: copyName(method.name, taken),
    config: Object.fromEntries(
      settings
        .filter(({ name }) => method.config[name] !== undefined)
        .map(({ name }) => [name, method.config[name]]),
    ),
    scim: method.scim,
    secretsToEnter: connector.fields
      .filter(({ name }) => method.secrets[name])
      .map(({ label }) => label),
  };
}
