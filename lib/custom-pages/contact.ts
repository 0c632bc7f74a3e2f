import * as z from "zod";

const email = z.email();
const web = z.url({ protocol: /^https?$/, hostname: z.regexes.domain });

export const isContact = (text: string): boolean =>
  text === "" || email.safeParse(text).success || web.safeParse(text).success;

/** Where whoever needs help is led: to a page, or to a mail that names the reference. Null for none. */
export function contactHref(contact: string, reference: string): string | null {
  if (email.safeParse(contact).success) {
    return `mailto:${contact}?subject=${encodeURIComponent(`Reference ${reference}`)}`;
  }
  return web.safeParse(contact).success ? contact : null;
}
