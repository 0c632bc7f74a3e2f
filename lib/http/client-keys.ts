import { Hono } from "hono";
import * as z from "zod";
import { publishedKeys } from "@/lib/client-keys/store";

/** Seconds; a provider that keeps keys longer than that learns a new one late. */
const MAX_AGE = 60;

/**
 * The public keys of one login method as a JWK Set (RFC 7517 §5), for its provider. An id that was
 * not saved yet, or never will be, has an empty set: nothing is told about which ones exist.
 */
export const clientKeys = new Hono().all("/:id/jwks.json", async (c) => {
  const { method } = c.req;
  if (method !== "GET" && method !== "HEAD") {
    return c.text("This address is read with GET.", 405, { allow: "GET, HEAD" });
  }
  const id = z.uuid().safeParse(c.req.param("id")).data;
  if (!id) return c.notFound();
  const keys = await publishedKeys(id);
  c.header("cache-control", `public, max-age=${MAX_AGE}`);
  return c.json({ keys });
});
