import { domainToASCII, domainToUnicode } from "node:url";
import { isPlainEmail } from "./rules";

export interface EmailAddress {
  /** `local@domain`, the one spelling that rules compare. */
  whole: string;
  domain: string;
}

const LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
const ASCII_DOMAIN = new RegExp(`^(?=.{1,253}$)${LABEL}(?:\\.${LABEL})*$`);
const UNSEEN = /\p{Default_Ignorable_Code_Point}/u;
const NOT_ASCII = /[^ -~]/g;
const notAscii = (text: string): number => text.match(NOT_ASCII)?.length ?? 0;

/** Letters of ASCII only: Unicode would make the Kelvin sign an ordinary k, and so one person another. */
const lower = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

/**
 * A domain in A-labels (RFC 5891), lower case. Null for what is none, or is written so that IDNA
 * would turn it into another name (full-width letters, a soft hyphen, a Kelvin sign, `。`).
 */
export function canonicalDomain(text: string): string | null {
  const bare = lower(text);
  if (notAscii(bare) === 0) return ASCII_DOMAIN.test(bare) ? bare : null;
  const ascii = domainToASCII(bare);
  if (!ASCII_DOMAIN.test(ascii)) return null;
  const back = domainToUnicode(ascii);
  return back === bare.toLowerCase() && notAscii(back) === notAscii(bare) ? ascii : null;
}

/**
 * An address in the spelling that rules compare: exactly one `@`, nothing that cannot be seen, the
 * local part with ASCII letters lowered, the domain by `canonicalDomain`. Null for anything else.
 */
export function canonicalEmail(text: string): EmailAddress | null {
  if (!isPlainEmail(text) || UNSEEN.test(text)) return null;
  const at = text.indexOf("@");
  const domain = canonicalDomain(text.slice(at + 1));
  return domain === null ? null : { whole: `${lower(text.slice(0, at))}@${domain}`, domain };
}
