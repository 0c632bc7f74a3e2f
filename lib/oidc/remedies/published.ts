import type { GuardedFetch } from "@/lib/outbound/guarded-fetch";
import { discoveryAddresses } from "../discovery-addresses";
import { readDocument } from "../discovery-document";
import { factsOf } from "../failure";
import { parseJsonObject } from "../parse-json";
import type { Connection, Fact } from "../schema";
import { type AddressKey, addressesOf } from "./evidence";

const LONGEST_MS = 3000;
const MOST_TRIES = 2;

/** What the provider says about itself, as far as a remedy may use it. */
export interface Published {
  documentUrl: string;
  issuer: string;
  addresses: Partial<Record<AddressKey, string>>;
  scopes: readonly string[];
  authMethods: readonly string[];
  parUrl: string | null;
}

function candidates({ discoveryUrl, issuer }: Connection): string[] {
  const typed = discoveryUrl ?? issuer;
  if (!typed || !URL.canParse(typed) || !/^https?:/.test(typed)) return [];
  return discoveryAddresses(new URL(typed)).slice(0, MOST_TRIES);
}

/** A document that speaks for another issuer than the one configured is no evidence about this one. */
function readPublished(connection: Connection, text: string, url: string): Published | null {
  const document = parseJsonObject(text);
  if (!document) return null;
  const report = readDocument(document, url);
  const { discovered, issuer, issuerMatches, scopesSupported, offers } = report;
  const expected = [connection.issuer, connection.issuerTemplate?.template].includes(issuer);
  if (!(expected || (connection.discoveryUrl && issuerMatches))) return null;
  const found = addressesOf(connection).map(({ key }) => [key, discovered[key]]);
  return {
    documentUrl: url,
    issuer,
    addresses: Object.fromEntries(found.filter(([, value]) => typeof value === "string")),
    scopes: scopesSupported,
    authMethods: offers.tokenAuthMethods,
    parUrl: offers.parUrl,
  };
}

async function read(fetch: GuardedFetch, connection: Connection): Promise<Published | null> {
  for (const url of candidates(connection)) {
    const response = await fetch(url, { headers: { accept: "application/json" } });
    if (response.status === 200) return readPublished(connection, await response.text(), url);
  }
  return null;
}

/**
 * Reads the provider's discovery document to explain a failure: at most two addresses, no redirects,
 * 3 seconds. Null when there is none, it cannot be read, or it is not this issuer's. Never throws.
 */
export async function readPublishedDocument(
  fetch: GuardedFetch,
  connection: Connection,
): Promise<Published | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), LONGEST_MS);
  });
  try {
    return await Promise.race([read(fetch, connection).catch(() => null), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Addresses that the provider publishes otherwise than they are saved. */
export function differences(connection: Connection, { addresses, documentUrl }: Published) {
  return addressesOf(connection).flatMap(({ key, label, saved }) => {
    const published = addresses[key];
    return saved !== null && published && published !== saved
      ? [{ key, label, saved, published, documentUrl }]
      : [];
  });
}

export const differenceFacts = (found: ReturnType<typeof differences>): Fact[] =>
  factsOf(
    Object.fromEntries(
      found.flatMap(({ label, published, documentUrl }) => [
        [`Published ${label}`, published],
        ["Discovery document", documentUrl],
      ]),
    ),
  );
