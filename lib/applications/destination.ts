import * as z from "zod";

/** A host and path that an application covers; both may hold `*` (reference: Cloudflare's application paths). */
export interface Destination {
  /** Lower case, A-labels (punycode); a port only where one was given, which then must match. */
  host: string;
  /** Empty, or starts with `/` and does not end with one. */
  path: string;
}

const LABEL = /^(?!-)[a-z0-9*-]{1,63}(?<!-)$/;
const WILDCARDS = /\*/g;

/** One name between dots, in lower case and ASCII; empty for what cannot be one. */
function readLabel(text: string): string {
  if (!/[^ -~]/.test(text)) return text.toLowerCase();
  // URL knows IDNA, and takes other dots than ours for dots. A `*` in punycode stands for nothing.
  const address = `https://${text}`;
  const name = URL.canParse(address) ? new URL(address).hostname : "";
  return /[.*]/.test(name) ? "" : name;
}

function readHost(text: string): string | null {
  const [name = "", port, ...rest] = text.split(":");
  if (rest.length > 0) return null;
  if (port !== undefined && (!/^[1-9]\d{0,4}$/.test(port) || Number(port) > 65_535)) return null;
  const labels = name.split(".").map(readLabel);
  const ascii = labels.join(".");
  const fits = labels.every(
    (label) => LABEL.test(label) && (label.match(WILDCARDS)?.length ?? 0) <= 1,
  );
  if (!fits || ascii.length > 253) return null;
  // Nobody means "every site".
  if (labels.length > 1 && labels.slice(-2).every((label) => label === "*")) return null;
  if (labels.length === 1 && ascii.includes("*")) return null;
  return port ? `${ascii}:${port}` : ascii;
}

/** Unreserved and sub-delims of RFC 3986 §3.3, without escapes: no two spellings of one path. */
const SEGMENT = /^[A-Za-z0-9\-._~!$&'()+,=:@*]*$/;

function readPath(text: string): string | null {
  const path = text.replace(/\/+$/, "");
  if (path === "" || path === "/*") return "";
  if (path.length > 500) return null;
  const segments = path.slice(1).split("/");
  const fits = segments.every(
    (segment) =>
      segment !== "" &&
      segment !== "." &&
      segment !== ".." &&
      SEGMENT.test(segment) &&
      (segment.match(WILDCARDS)?.length ?? 0) <= 1,
  );
  return fits ? path : null;
}

/** Reads `app.example.com/admin/*`, with or without `https://`; null for what cannot be one. */
export function parseDestination(text: string): Destination | null {
  const bare = text.trim().replace(/^https?:\/\//i, "");
  if (/[?#\s\\]/.test(bare)) return null;
  const slash = bare.indexOf("/");
  const host = readHost(slash < 0 ? bare : bare.slice(0, slash));
  const path = readPath(slash < 0 ? "" : bare.slice(slash));
  return host === null || path === null ? null : { host, path };
}

/**
 * A path as servers read it that do not tell capital letters from small ones, which destinations do
 * not either. Of letters beyond ASCII nobody can say: no destination has one.
 */
export const foldCase = (path: string): string =>
  path.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

export const destinationText = ({ host, path }: Destination): string => `${host}${path}`;

const DOT_AT_END = /\.(?:\/|$)/;

/** Its one spelling, as it is stored. */
export const destinationSchema = z
  .string("Enter a hostname, like app.example.com")
  .trim()
  .min(1, "Enter a hostname, like app.example.com")
  .max(800)
  .transform((text, context) => {
    const parsed = parseDestination(text);
    if (parsed && DOT_AT_END.test(parsed.path)) {
      context.addIssue({
        code: "custom",
        message:
          "A part of the path ends with a dot. Some servers leave it away, so nobody can say what such a path covers. Take the dot out.",
      });
      return z.NEVER;
    }
    if (parsed) return destinationText(parsed);
    context.addIssue({
      code: "custom",
      message:
        "Enter a hostname with an optional path, like app.example.com/admin. One * is allowed between two dots or two slashes; query strings are not.",
    });
    return z.NEVER;
  });
