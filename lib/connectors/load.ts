import type { ConnectorKind } from ".";
import type { Connector } from "./definition";

/** Each connector in a file of its own, for the pages that show one: together they weigh too much. */
const CONNECTORS: { [K in ConnectorKind]: () => Promise<Connector> } = {
  auth0: () => import("./auth0").then((module) => module.auth0),
  authentik: () => import("./authentik").then((module) => module.authentik),
  entra: () => import("./entra").then((module) => module.entra),
  github: () => import("./github").then((module) => module.github),
  gitlab: () => import("./gitlab").then((module) => module.gitlab),
  google: () => import("./google").then((module) => module.google),
  google_workspace: () => import("./google-workspace").then((module) => module.google_workspace),
  jumpcloud: () => import("./jumpcloud").then((module) => module.jumpcloud),
  keycloak: () => import("./keycloak").then((module) => module.keycloak),
  oidc: () => import("./oidc").then((module) => module.oidc),
  okta: () => import("./okta").then((module) => module.okta),
  onelogin: () => import("./onelogin").then((module) => module.onelogin),
  pingone: () => import("./pingone").then((module) => module.pingone),
  zitadel: () => import("./zitadel").then((module) => module.zitadel),
};

const loaded = new Map<ConnectorKind, Promise<Connector>>();

/** The same promise each time, as React's `use` wants it. */
export function loadConnector(kind: ConnectorKind): Promise<Connector> {
  const connector = loaded.get(kind) ?? CONNECTORS[kind]();
  loaded.set(kind, connector);
  return connector;
}
