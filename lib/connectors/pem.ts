/** A stored secret that a form leaves as it is; it stands in for the secret while rules are checked. */
const KEPT = "(kept)";
const BEGIN = "-----BEGIN ";
const DASHES = "-----";
const MOST_CERTIFICATES = 50;

/** What a form with three such fields may hold goes through its doors. */
export const MOST_PEM = 24 * 1024;

interface PemBlock {
  label: string;
  body: string;
}

/** The blocks of PEM text (RFC 7468), whatever stands between them; null when one has no end. */
function pemBlocks(text: string): PemBlock[] | null {
  const blocks: PemBlock[] = [];
  for (let at = text.indexOf(BEGIN); at >= 0; at = text.indexOf(BEGIN, at)) {
    const from = at + BEGIN.length;
    const label = text.slice(from, text.indexOf(DASHES, from));
    const end = `${DASHES}END ${label}${DASHES}`;
    const until = /^[A-Z0-9 ]{1,40}$/.test(label) ? text.indexOf(end, from) : -1;
    if (until < 0) return null;
    blocks.push({ label, body: text.slice(from + label.length + DASHES.length, until) });
    at = until + end.length;
  }
  return blocks;
}

const base64Of = ({ body }: PemBlock): string => body.replace(/\s+/g, "");

const isBase64 = (block: PemBlock): boolean => /^[A-Za-z0-9+/]+={0,2}$/.test(base64Of(block));

/** The same block in lines of 64 characters: a one-line field takes the line breaks out. */
const written = (block: PemBlock): string =>
  [
    `${BEGIN}${block.label}${DASHES}`,
    ...(base64Of(block).match(/.{1,64}/g) ?? []),
    `${DASHES}END ${block.label}${DASHES}`,
    "",
  ].join("\n");

const CERTIFICATES =
  "Paste certificates in PEM form, from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----";
const KEY = "Paste one private key in PEM form, from -----BEGIN to the end of the line -----END";
const ENCRYPTED =
  "This key is encrypted. Decrypt it first: openssl pkey -in key.pem -out plain.pem. It is stored sealed";

/** What is wrong with the shape of certificates in PEM form, or null. Empty text is right. */
export function certificatesProblem(text: string): string | null {
  if (text.trim() === "") return null;
  if (/PRIVATE KEY-----/.test(text)) {
    return "This holds a private key, and this field is shown to every administrator. Paste certificates only";
  }
  const blocks = pemBlocks(text);
  if (!blocks || blocks.length === 0) return CERTIFICATES;
  if (blocks.length > MOST_CERTIFICATES) return `Use at most ${MOST_CERTIFICATES} certificates`;
  return blocks.every((block) => block.label === "CERTIFICATE" && isBase64(block))
    ? null
    : CERTIFICATES;
}

/** What is wrong with the shape of a private key in PEM form, or null. Empty text is right. */
export function privateKeyProblem(text: string): string | null {
  if (text.trim() === "" || text === KEPT) return null;
  const keys = pemBlocks(text)?.filter(({ label }) => label.endsWith("PRIVATE KEY")) ?? [];
  const [key] = keys;
  if (!key || keys.length > 1) return KEY;
  if (/ENCRYPTED/.test(`${key.label}${key.body}`)) return ENCRYPTED;
  return isBase64(key) ? null : KEY;
}

/** PEM text in its usual form, without what stands between the blocks. */
export function tidyPem(text: string): string {
  if (text === KEPT) return text;
  // Other blocks, such as the parameters of an elliptic curve, say nothing that the key does not.
  const wanted = /^CERTIFICATE$|PRIVATE KEY$/;
  return (pemBlocks(text) ?? [])
    .filter(({ label }) => wanted.test(label))
    .map(written)
    .join("");
}
