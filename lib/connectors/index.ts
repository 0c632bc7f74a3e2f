import { type Connector, GROUPS } from "./definition";
import * as registry from "./registry";

const section = ({ group }: Connector): number => GROUPS.findIndex(({ id }) => id === group);

/** In the order of the chooser. */
export const allConnectors: readonly Connector[] = Object.values<Connector>(registry).sort(
  (a, b) => section(a) - section(b) || a.order - b.order || a.label.localeCompare(b.label),
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
