import { findConnector } from "@/lib/connectors";
import type { Connector } from "@/lib/connectors/definition";
import type { LoginMethod } from "@/lib/login-methods/schema";

/** What a row shows of a login method: made by the server, so that the list carries no connector. */
export interface MethodItem
  extends Pick<LoginMethod, "id" | "kind" | "name" | "enabled" | "version" | "fingerprint"> {
  scimEnabled: boolean;
  /** Null for a type that this version does not know. */
  type: Pick<Connector, "label" | "tile"> | null;
}

export function itemOf(method: LoginMethod): MethodItem {
  const { id, kind, name, enabled, version, fingerprint, scim } = method;
  const connector = findConnector(kind);
  const type = connector && { label: connector.label, tile: connector.tile };
  return { id, kind, name, enabled, version, fingerprint, scimEnabled: scim.enabled, type };
}
