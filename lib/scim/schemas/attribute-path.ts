import { ENTERPRISE_URN, GROUP_URN, USER_URN } from "../schema";

/** `[urn ":"] attribute ["." sub]` (RFC 7644 §3.10) in its parts, each as written. */
export interface AttributePath {
  /** Null where none was written. */
  readonly urn: string | null;
  /** Null for a schema as a whole, which only the known ones can be told to be. */
  readonly name: string | null;
  readonly sub: string | null;
  /** The whole, as written. */
  readonly text: string;
}

const KNOWN = [ENTERPRISE_URN, USER_URN, GROUP_URN];
const NAME = /^[A-Za-z$][\w$-]*$/;
const URN = /^urn:[!-9;-~]+:[!-~]+$/i;
const isUrn = (text: string): boolean => /^urn:/i.test(text);

const parts = (urn: string | null, rest: string, text: string): AttributePath | null => {
  const [name = "", sub = null, ...more] = rest.split(".");
  if (more.length > 0 || !NAME.test(name) || (sub !== null && !NAME.test(sub))) return null;
  return { urn, name, sub, text };
};

/**
 * Takes an attribute's path apart, whatever it names. Null where it cannot be one. Of a URN that is
 * not known, the part after the last colon is the attribute.
 */
export function readAttributePath(text: string): AttributePath | null {
  if (!isUrn(text)) return parts(null, text, text);
  const lower = text.toLowerCase();
  const known = KNOWN.find((urn) => lower.startsWith(urn.toLowerCase()));
  if (known) {
    const rest = text.slice(known.length);
    if (rest === "") return { urn: known, name: null, sub: null, text };
    // A dot for the colon: some clients join them as they join a sub-attribute.
    if (rest.startsWith(":") || rest.startsWith(".")) return parts(known, rest.slice(1), text);
  }
  const colon = text.lastIndexOf(":");
  const urn = text.slice(0, colon);
  return URN.test(urn) ? parts(urn, text.slice(colon + 1), text) : null;
}
