import { namesIn, type Parameters, parametersOf } from "./parameters";
import type { ResourceType } from "./schema";
import { GROUP_URN, USER_URN } from "./schema";
import type { AttributePath } from "./schemas/attribute-path";
import { readAttributePath } from "./schemas/attribute-path";
import { coreUrn, findAttribute } from "./schemas/find-attribute";

/** Which attributes a client wants to see (RFC 7644 §3.9). */
export interface Selection {
  /** Null: those that are returned by default. */
  readonly only: readonly AttributePath[] | null;
  readonly except: readonly AttributePath[];
}

type Json = Readonly<Record<string, unknown>>;
/** All of a value, or parts of it by name in lower case. */
type Parts = "all" | Map<string, Parts>;

/** `attributes` and `excludedAttributes` of a query or a SearchRequest. Throws ScimError 400. */
export const readSelection = (asked: URLSearchParams | Json): Selection =>
  selectionIn(parametersOf(asked));

/** As `readSelection`, of parameters that are read already. */
export function selectionIn(parameters: Parameters): Selection {
  const paths = (name: string) => namesIn(parameters, name);
  const only = paths("attributes");
  return {
    only: only.length > 0 ? only.flatMap(pathOf) : null,
    except: paths("excludedAttributes").flatMap(pathOf),
  };
}

/** What is not a name selects nothing. */
const pathOf = (text: string): AttributePath[] => {
  const path = readAttributePath(text);
  return path ? [path] : [];
};

const cores = new Set([USER_URN, GROUP_URN].map((urn) => urn.toLowerCase()));

/** Whether a core attribute, or some of it, is to be returned: others need not be loaded. */
export function wants({ only, except }: Selection, name: string): boolean {
  const lower = name.toLowerCase();
  const names = ({ urn, name: named }: AttributePath) =>
    (urn === null || cores.has(urn.toLowerCase())) &&
    (named === null || named.toLowerCase() === lower);
  return !except.some((path) => names(path) && path.sub === null) && (only?.some(names) ?? true);
}

function put(parts: Map<string, Parts>, names: readonly string[]): void {
  const [first = "", ...rest] = names;
  const key = first.toLowerCase();
  const known = parts.get(key);
  if (known === "all") return;
  if (rest.length === 0) parts.set(key, "all");
  else {
    const inner = known ?? new Map<string, Parts>();
    parts.set(key, inner);
    put(inner, rest);
  }
}

/** Where a path leads in this very resource: only it tells what the URN of an extension is. */
function namesOf({ urn, name, sub, text }: AttributePath, keys: readonly string[], core: string) {
  const extension = keys.find((key) => key.toLowerCase() === text.toLowerCase());
  if (extension) return [[extension]];
  const inner = [name, sub].filter((each) => each !== null);
  if (urn !== null && urn.toLowerCase() !== core) return [[urn, ...inner]];
  if (inner.length > 0) return [inner];
  return keys.filter((key) => !/^urn:/i.test(key)).map((key) => [key]);
}

function partsOf(paths: readonly AttributePath[], resource: Json, type: ResourceType) {
  const parts = new Map<string, Parts>();
  const keys = Object.keys(resource);
  const core = coreUrn[type].toLowerCase();
  for (const path of paths) {
    for (const names of namesOf(path, keys, core)) put(parts, names);
  }
  return parts;
}

const partOf = (parts: Parts | undefined, name: string): Parts | undefined =>
  parts === undefined || parts === "all" ? parts : parts.get(name.toLowerCase());

/** What is left of a value; undefined for nothing. */
function pruned(value: unknown, only: Parts | undefined, except: Parts | undefined): unknown {
  if (only === undefined || except === "all") return undefined;
  if (only === "all" && except === undefined) return value;
  if (Array.isArray(value)) {
    const left = value.map((each) => pruned(each, only, except));
    const kept = left.filter((each) => each !== undefined);
    return kept.length > 0 ? kept : undefined;
  }
  // A part of what has no parts: none is there.
  if (typeof value !== "object" || value === null) return only === "all" ? value : undefined;
  const left = Object.entries(value).flatMap(([name, inner]) => {
    const kept = pruned(inner, partOf(only, name), partOf(except, name));
    return kept === undefined ? [] : [[name, kept]];
  });
  return left.length > 0 ? Object.fromEntries(left) : undefined;
}

/**
 * The part of a whole resource that a client gets: what `selection` asks for, by the `returned` of
 * each attribute (RFC 7643 §7): `always` whatever is asked, `never` not at all.
 */
export function project(
  resource: Json,
  selection: Selection,
  type: ResourceType,
): Record<string, unknown> {
  const only = selection.only && partsOf(selection.only, resource, type);
  const except = partsOf(selection.except, resource, type);
  const left = Object.entries(resource).flatMap(([name, value]) => {
    const { returned } = findAttribute(type, name)?.attribute ?? { returned: "default" };
    if (returned === "never") return [];
    if (returned === "always") return [[name, value]];
    const byDefault = returned === "request" ? undefined : "all";
    const kept = pruned(
      value,
      only ? only.get(name.toLowerCase()) : byDefault,
      partOf(except, name),
    );
    return kept === undefined ? [] : [[name, kept]];
  });
  return Object.fromEntries(left);
}
