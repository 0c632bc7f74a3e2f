import { type Context, Hono } from "hono";
import type { Snapshot } from "@/lib/gate/snapshot";
import { gate } from "@/lib/gate/state";
import { orderedKeys } from "@/lib/keys/states";

/** Seconds; a new key is published for longer than that before it signs. */
const MAX_AGE = 60;

/**
 * Public: scripts of any site may read it, and caches keep it for a moment. Not while the database has
 * been away for as long: other instances may know more by then.
 */
export function publicDocument(c: Context): void {
  const isFresh = gate().freshFor(MAX_AGE * 1000);
  c.header("cache-control", isFresh ? `public, max-age=${MAX_AGE}` : "no-store");
  c.header("access-control-allow-origin", "*");
  c.header("cross-origin-resource-policy", "cross-origin");
}

const forReading = (c: Context): boolean => c.req.method === "GET" || c.req.method === "HEAD";

export const readOnly = (c: Context): Response | null =>
  forReading(c) ? null : c.text("This address is read with GET.", 405, { allow: "GET, HEAD" });

/** What is known in memory, however long the database has been away; null before it was first read. */
export async function knownSnapshot(): Promise<Snapshot | null> {
  await gate().ready();
  return gate().snapshot();
}

export function notReady(c: Context): Response {
  c.header("cache-control", "no-store");
  c.header("retry-after", "5");
  return c.json({ err: "Gatehouse waits for its database. Try again in a moment." }, 503);
}

/**
 * The keys that application tokens verify with, as a JWK Set (RFC 7517 §5) with the certificates that
 * Cloudflare publishes beside it. Applications match by `kid`. From memory: who verifies tokens must
 * not depend on the database.
 */
export const certs = new Hono().all("/certs", async (c) => {
  const refused = readOnly(c);
  if (refused) return refused;
  const snapshot = await knownSnapshot();
  if (!snapshot) return notReady(c);
  const keys = orderedKeys(snapshot.signingKeys, Date.now());
  const certificates = keys.map(({ kid, certificate }) => ({ kid, cert: certificate }));
  publicDocument(c);
  return c.json({
    keys: keys.map(({ publicJwk }) => publicJwk),
    public_cert: certificates[0] ?? null,
    public_certs: certificates,
  });
});
