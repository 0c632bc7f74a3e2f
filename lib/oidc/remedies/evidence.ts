import type { Connection, Fact, Remedy } from "../schema";
import type { Published } from "./published";

/** What is known when a remedy is looked for. */
export interface Evidence {
  connection: Connection;
  facts: readonly Fact[];
  /** The provider's discovery document, where it was read. */
  published: Published | null;
}

export type Maker = (evidence: Evidence) => Remedy[];

/** The whole value of a fact; null when it is absent, or was cut. */
export function said({ facts }: Evidence, label: string): string | null {
  const value = facts.find((fact) => fact.label === label)?.value ?? null;
  return value === null || value.endsWith("…") ? null : value;
}

/** Config key, label and saved value of each address that the engine calls or sends a browser to. */
export const addressesOf = (connection: Connection) =>
  [
    { key: "auth_url", label: "Auth URL", saved: connection.authUrl },
    { key: "token_url", label: "Token URL", saved: connection.tokenUrl },
    { key: "certs_url", label: "Certificate URL", saved: connection.certsUrl },
    { key: "userinfo_url", label: "User info URL", saved: connection.userinfoUrl },
  ] as const;

export type AddressKey = ReturnType<typeof addressesOf>[number]["key"];

export const remedy = (label: string, set: Remedy["set"]): Remedy => ({ label, set });
