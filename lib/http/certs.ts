import { type Context, Hono } from "hono";
import { listSigningKeys } from "@/lib/keys/store";
import { dataPlane } from "./data-plane";

/** Seconds; whoever keeps keys longer than that learns a new one late. */
const MAX_AGE = 60;

/** Public: scripts of any site may read it, and caches keep it for a moment. */
export function publicDocument(c: Context): void {
  c.header("cache-control", `public, max-age=${MAX_AGE}`);
  c.header("access-control-allow-origin", "*");
  c.header("cross-origin-resource-policy", "cross-origin");
}

const forReading = (c: Context): boolean => c.req.method === "GET" || c.req.method === "HEAD";

export const readOnly = (c: Context): Response | null =>
  forReading(c) ? null : c.text("This address is read with GET.", 405, { allow: "GET, HEAD" });

/**
 * The keys that application tokens verify with, as a JWK Set (RFC 7517 §5) with the certificates that
 * Cloudflare publishes beside it. Applications match by `kid`.
 */
export const certs = new Hono().all("/certs", async (c) => {
  const refused = readOnly(c);
  if (refused) return refused;
  const keys = await listSigningKeys(dataPlane);
  const certificates = keys.map(({ kid, certificate }) => ({ kid, cert: certificate }));
  publicDocument(c);
  return c.json({
    keys: keys.map(({ publicJwk }) => publicJwk),
    public_cert: certificates[0] ?? null,
    public_certs: certificates,
  });
});
