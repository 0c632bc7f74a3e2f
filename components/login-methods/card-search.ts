import type { CardGroup, ConnectorCard } from "./connector-cards";

const plain = (text: string): string => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** Without its signs, so that `open-id` and `azuread` find what is spelled `OpenID` and `Azure AD`. */
const joined = (text: string): string => plain(text).replace(/[^\p{L}\p{N}]/gu, "");

function isFound({ words }: ConnectorCard, query: string): boolean {
  const [spaced, close] = [plain(words), joined(words)];
  const asked = plain(query).split(/\s+/).filter(Boolean);
  return asked.every((word) => spaced.includes(word)) || close.includes(joined(query));
}

/** The sections that still hold a card, with the cards that have every word of the query. */
export function search(groups: readonly CardGroup[], query: string): CardGroup[] {
  if (query.trim() === "") return [...groups];
  const isAsked = (card: ConnectorCard) => joined(query) !== "" && isFound(card, query);
  return groups
    .map((group) => ({ ...group, cards: group.cards.filter(isAsked) }))
    .filter(({ cards }) => cards.length > 0);
}

/** The card that Enter opens: one whose name begins with the query comes before one that has it somewhere. */
export function bestOf(groups: readonly CardGroup[], query: string): ConnectorCard | undefined {
  const cards = groups.flatMap((group) => group.cards);
  const start = joined(query);
  return cards.find(({ label }) => joined(label).startsWith(start)) ?? cards[0];
}
