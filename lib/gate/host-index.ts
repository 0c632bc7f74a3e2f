import { type Destination, foldCase } from "@/lib/applications/destination";
import { matchesGlob } from "./glob";
import type { GateApplication, Snapshot } from "./snapshot";

/** One host and path of an application, ready to compare. */
interface Covered<A> {
  application: A;
  /** Null where it has no wildcard and is looked up. */
  host: RegExp | null;
  path: string | null;
  /** Literal part of the path, up to the segment that holds its first wildcard. */
  prefix: string;
  weight: readonly number[];
}

/** What one host, or one pattern of hosts, covers: by the literal beginning of the path. */
type Paths<A> = Map<string, Covered<A>[]>;

/** Finds the application that covers an address, at a cost that does not grow with the others. */
export interface HostIndex<A = GateApplication> {
  exact: Map<string, Paths<A>>;
  /** By `<labels>:<literal end>` of the host. */
  wildcards: Map<string, Paths<A>>;
}

const escaped = (text: string): string => text.replace(/[.+?^${}()|[\]\\/-]/g, "\\$&");

/** A host without its port. */
export const nameOf = (host: string): string =>
  host.includes(":") ? host.replace(/:\d+$/, "") : host;

/** `*` stands for part of one label. */
const hostPattern = (host: string): RegExp =>
  new RegExp(
    `^${escaped(host).replaceAll("*", "[^.:]*")}${/:\d+$/.test(host) ? "" : "(?::\\d+)?"}$`,
  );

/** Whether a host, with its port where there is one, is one that a destination names. */
export const namesHost = ({ host }: Destination, asked: string): boolean =>
  hostPattern(host).test(asked);

/** `*` stands for anything, slashes too; what lies below is covered as well. */
const coversPath = (pattern: string, path: string): boolean =>
  matchesGlob(pattern, path) || matchesGlob(`${pattern}/*`, path);

/** `*.example.com` is found by `3:example.com`: how many labels, and the end without wildcards. */
function wildcardKey(host: string): string {
  const labels = nameOf(host).split(".");
  const last = labels.findLastIndex((label) => label.includes("*"));
  return `${labels.length}:${labels.slice(last + 1).join(".")}`;
}

function literalPrefix(path: string): string {
  const star = path.indexOf("*");
  return star < 0 ? path : path.slice(0, path.lastIndexOf("/", star));
}

const literals = (text: string): number => text.replaceAll("*", "").length;
const stars = (text: string): number => text.split("*").length - 1;

/**
 * Most specific first, as Cloudflare has it: the host without wildcards before one with them, the one
 * with a port before one without, the longer path before the shorter one, fewer wildcards before more.
 */
const weightOf = (host: string, path: string): readonly number[] => [
  host.includes("*") ? 0 : 1,
  /:\d+$/.test(host) ? 1 : 0,
  nameOf(host).split(".").length,
  literals(nameOf(host)),
  -stars(host),
  path.split("/").length,
  literals(path),
  -stars(path),
];

function heavier(a: readonly number[], b: readonly number[]): boolean {
  for (const [index, value] of a.entries()) {
    const other = b[index] ?? 0;
    if (value !== other) return value > other;
  }
  return false;
}

/** Makes the index of all applications' destinations, disabled ones too. */
export function indexHosts<A extends Pick<GateApplication, "destinations">>(
  applications: Iterable<A>,
): HostIndex<A> {
  const index: HostIndex<A> = { exact: new Map(), wildcards: new Map() };
  for (const application of applications) {
    for (const { host, path: spelled } of application.destinations) {
      const path = foldCase(spelled);
      const wild = host.includes("*");
      const [map, key] = wild ? [index.wildcards, wildcardKey(host)] : [index.exact, host];
      const paths: Paths<A> = map.get(key) ?? new Map();
      map.set(key, paths);
      const prefix = literalPrefix(path);
      const covered = paths.get(prefix) ?? [];
      paths.set(prefix, covered);
      covered.push({
        application,
        host: wild ? hostPattern(host) : null,
        path: path.includes("*") ? path : null,
        prefix,
        weight: weightOf(host, path),
      });
    }
  }
  return index;
}

/** Longer ones cannot be configured (lib/applications/destination.ts). */
const LONGEST_PATH = 500;

/** The literal beginnings of a path, the longest first: `/a/b`, `/a`, and the empty one. */
function* beginnings(path: string): Generator<string> {
  let end = path.length <= LONGEST_PATH ? path.length : path.lastIndexOf("/", LONGEST_PATH);
  while (end > 0) {
    yield path.slice(0, end);
    end = path.lastIndexOf("/", end - 1);
  }
  yield "";
}

function bestOf<A>(
  paths: Paths<A>,
  host: string,
  path: string,
  best: Covered<A> | null,
): Covered<A> | null {
  let found = best;
  for (const prefix of beginnings(path)) {
    for (const covered of paths.get(prefix) ?? []) {
      const fits =
        (covered.host?.test(host) ?? true) &&
        (covered.path === null || coversPath(covered.path, path));
      if (fits && (!found || heavier(covered.weight, found.weight))) found = covered;
    }
  }
  return found;
}

function* wildcardKeys(name: string): Generator<string> {
  const labels = name.split(".");
  for (let from = 1; from <= labels.length; from += 1) {
    yield `${labels.length}:${labels.slice(from).join(".")}`;
  }
}

/**
 * The application that covers an address, or null. `host` is lower case, with its port where there is
 * one; the path is decoded once, starts with a slash and has no query; its case does not matter.
 * Destinations that name a port need that port; others take any.
 */
export function findApplication<A = GateApplication>(
  { hosts }: { hosts: HostIndex<A> },
  host: string,
  spelled: string,
): A | null {
  const name = nameOf(host);
  const path = foldCase(spelled);
  let best: Covered<A> | null = null;
  for (const key of name === host ? [host] : [host, name]) {
    const paths = hosts.exact.get(key);
    if (paths) best = bestOf(paths, host, path, best);
  }
  // An exact host is always more specific than a pattern.
  if (best) return best.application;
  for (const key of wildcardKeys(name)) {
    const paths = hosts.wildcards.get(key);
    if (paths) best = bestOf(paths, host, path, best);
  }
  return best?.application ?? null;
}

/** Whether some destination covers a host, whatever the path. */
export function coversHost({ hosts }: Pick<Snapshot, "hosts">, host: string): boolean {
  const name = nameOf(host);
  if (hosts.exact.has(host) || hosts.exact.has(name)) return true;
  for (const key of wildcardKeys(name)) {
    for (const covered of hosts.wildcards.get(key)?.values() ?? []) {
      if (covered.some((one) => one.host?.test(host))) return true;
    }
  }
  return false;
}

/**
 * The application that covers a host whatever the path: then no spelling of a path matters. Null when
 * there is none, or when some path of the host may lead to another one.
 */
export function onlyApplication(
  { hosts }: Pick<Snapshot, "hosts">,
  host: string,
): GateApplication | null {
  const name = nameOf(host);
  const paths = hosts.exact.get(host) ?? hosts.exact.get(name);
  if (paths?.size !== 1 || (name !== host && hosts.exact.has(host) && hosts.exact.has(name))) {
    return null;
  }
  const all = paths.get("");
  const covered = all?.length === 1 ? all[0] : undefined;
  return covered?.path === null ? covered.application : null;
}
