import * as z from "zod";
import { logoSchema } from "@/lib/custom-pages/schema";

/** Where a link may lead: a path of this origin, or http(s). Null for `javascript:` and whatever else. */
export function safeHref(href: string | null | undefined): string | null {
  if (!href) return null;
  // Two slashes, or what a browser makes of a backslash or a tab, would name another host.
  if (/^[/?#]/.test(href)) return /^\/[/\\]|[\\\p{Cc}]/u.test(href) ? null : href;
  return z.url({ protocol: /^https?$/ }).safeParse(href).success ? href : null;
}

/** Where images are served by their hash, so that pages stay small and browsers keep the images. */
export const LOGO_PATH = "/cdn-cgi/access/logo/";
const OWN = new RegExp(`^${LOGO_PATH}[\\w-]{43}$`);

/** An image of ours, or one that stands in a preview itself; else null: nothing is loaded from elsewhere. */
export const safeImage = (source: string | null | undefined): string | null =>
  source && OWN.test(source) ? source : (logoSchema.safeParse(source ?? null).data ?? null);

/** One or two letters for what has no image. */
export function initials(name: string): string {
  const words = name.match(/[\p{L}\p{N}]+/gu) ?? [];
  return words
    .slice(0, 2)
    .map((word) => [...word][0] ?? "")
    .join("")
    .toUpperCase();
}
