import { allConnectors } from "@/lib/connectors";
import { type Connector, GROUPS } from "@/lib/connectors/definition";

/** What the chooser shows of a type: made by the server, so that the page carries no connector. */
export interface ConnectorCard
  extends Pick<Connector, "kind" | "label" | "summary" | "tile" | "scim"> {
  protocol: string;
  /** Everything that finds it, Cloudflare's names included. */
  words: string;
}

export interface CardGroup {
  id: string;
  title: string;
  cards: readonly ConnectorCard[];
}

const PROTOCOLS: Record<Connector["protocol"], string> = {
  oidc: "OpenID Connect",
  oauth2: "OAuth 2.0",
};

const cardOf = ({ kind, type, label, summary, keywords, tile, protocol, scim }: Connector) => ({
  kind,
  label,
  summary,
  tile,
  scim,
  protocol: PROTOCOLS[protocol],
  words: [label, summary, type, PROTOCOLS[protocol], ...(scim ? ["SCIM"] : []), ...keywords].join(
    " ",
  ),
});

/** Every type that the registry knows, by the sections of the chooser. */
export const cardGroups = (): CardGroup[] =>
  GROUPS.map(({ id, title }) => ({
    id,
    title,
    cards: allConnectors.filter(({ group }) => group === id).map(cardOf),
  }));
