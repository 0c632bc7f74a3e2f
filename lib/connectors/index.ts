import type { Connector } from "./definition";
import * as registry from "./registry";

export const allConnectors: readonly Connector[] = Object.values<Connector>(registry).sort(
  (a, b) => b.group.localeCompare(a.group) || a.order - b.order,
);

const byKind: ReadonlyMap<string, Connector> = new Map(
  allConnectors.map((connector) => [connector.kind, connector]),
);

export type ConnectorKind = keyof typeof registry;

export const isConnectorKind = (value: string): value is ConnectorKind => byKind.has(value);

export function connectorFor(kind: ConnectorKind): Connector {
  const connector = byKind.get(kind);
  if (!connector) throw new Error(`${kind} is not exported under its kind`);
  return connector;
}

/** Null for a kind that this version does not know: shown as unsupported, never a crash. */
export const findConnector = (kind: string): Connector | null => byKind.get(kind) ?? null;
