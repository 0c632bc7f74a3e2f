import { type Context, Hono } from "hono";
import { gate } from "@/lib/gate/state";
import { readOnly } from "./certs";

/** An SVG that is opened by itself runs nothing either. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

function logo(c: Context): Response {
  const refused = readOnly(c);
  if (refused) return refused;
  const found = gate()
    .snapshot()
    ?.logos.get(c.req.param("hash") ?? "");
  if (!found) return c.text("There is no such image.", 404);
  c.header("content-security-policy", POLICY);
  c.header("cache-control", "public, max-age=31536000, immutable");
  return c.body(Buffer.from(found.base64, "base64"), 200, { "content-type": found.type });
}

/** The organization's and the applications' images, on every host whose pages show them. */
export const logoDoor = new Hono().all("/logo/:hash", logo);
