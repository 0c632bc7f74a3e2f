import { foldCase } from "@/lib/applications/destination";

/** A path in one spelling only: no escape, parameter, doubled slash, dot segment, or letter beyond ASCII. */
const PLAIN =
  /^(?:\/(?!\.{1,2}(?:\/|$))[A-Za-z0-9_~!$&'()*+,=:@.-]*[A-Za-z0-9_~!$&'()*+,=:@-])*\/?$/;
/** More readings, and longer ones together, than any path has that people use. */
const MOST_READINGS = 64;
const MOST_CHARACTERS = 32_768;
const LONGEST = 8_192;

function decoded(path: string): string | null {
  if (!path.includes("%")) return path;
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}

/** RFC 3986 §5.2.4. */
function withoutDotSegments(path: string): string {
  const kept: string[] = [];
  const segments = path.split("/").slice(1);
  for (const [index, segment] of segments.entries()) {
    const last = index === segments.length - 1;
    if (segment === "..") kept.pop();
    if (segment === "." || segment === "..") {
      if (last) kept.push("");
    } else kept.push(segment);
  }
  return `/${kept.join("/")}`;
}

const bySegment = (change: (segment: string) => string) => (path: string) =>
  path.split("/").map(change).join("/");

/** What one server or another makes of a path before it looks where it leads. Null: cannot be read. */
const READERS: readonly ((path: string) => string | null)[] = [
  decoded,
  // Some decode all but a slash.
  (path) => decoded(path.replace(/%2f/gi, "%252F")),
  withoutDotSegments,
  (path) => path.replace(/\/{2,}/g, "/"),
  (path) => path.replaceAll("\\", "/"),
  bySegment((segment) => segment.split(";", 1)[0] ?? ""),
  bySegment((segment) => (/^\.{1,2}$/.test(segment) ? segment : segment.replace(/[. ]+$/, ""))),
  (path) => path.toLowerCase(),
  (path) => path.normalize("NFKC"),
  (path) => path.split(/[?#]/, 1)[0] ?? "",
];

/** Servers end a path there, skip them, or take them for letters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const CONTROLS = /[\u0000-\u001f\u007f]/;

const keepable = (reading: string | null, keep: (reading: string) => boolean): boolean =>
  reading !== null &&
  !CONTROLS.test(reading) &&
  keep(reading.startsWith("/") ? reading : `/${reading}`);

export const isPlainPath = (path: string): boolean => path.length <= LONGEST && PLAIN.test(path);

/**
 * Every path that a proxy or an application may take the path of a request target for: decoded or
 * not, with its dot segments, doubled slashes, backslashes and parameters resolved or not. All in
 * small letters (`foldCase`). The first is the usual one: decoded once. Null when nobody can say: it
 * cannot be decoded, hides a control character, or there are more than 64, or more than 32,768
 * characters in all. A path without anything odd has one reading.
 */
export function pathReadings(path: string): readonly string[] | null {
  if (path.length > LONGEST) return null;
  if (PLAIN.test(path)) return [foldCase(path)];
  const usual = decoded(path);
  if (usual === null) return null;
  const readings = new Set<string>();
  let characters = 0;
  const keep = (reading: string): boolean => {
    const folded = foldCase(reading);
    if (!readings.has(folded)) characters += folded.length;
    readings.add(folded);
    return readings.size <= MOST_READINGS && characters <= MOST_CHARACTERS;
  };
  if (![usual, path].every(keep)) return null;
  for (const reading of readings) {
    if (!READERS.every((read) => keepable(read(reading), keep))) return null;
  }
  return [...readings];
}
