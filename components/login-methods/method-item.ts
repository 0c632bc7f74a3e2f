import { findConnector } from "@/lib/connectors";
import type { Connector } from "@/lib/connectors/definition";
import type { LoginMethod } from "@/lib/login-methods/schema";
import type { ScimState } from "@/lib/scim/health/schema";

/** What a row shows of a login method: made by the server, so that the list carries no connector. */
export interface MethodItem
  extends Pick<LoginMethod, "id" | "kind" | "name" | "enabled" | "version" | "fingerprint"> {
  /** Null while SCIM is off. */
  scim: ScimState | null;
  /** Null for a type that this version does not know. */
  type: Pick<Connector, "label" | "tile"> | null;
}

export function itemOf(method: LoginMethod, heard: ScimState | undefined): MethodItem {
  const { id, kind, name, enabled, version, fingerprint, scim } = method;
  const connector = findConnector(kind);
  const type = connector && { label: connector.label, tile: connector.tile };
  const state = scim.enabled ? (heard ?? { lastAt: null, failing: false }) : null;
  return { id, kind, name, enabled, version, fingerprint, scim: state, type };
}
