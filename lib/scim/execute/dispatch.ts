import { discoveryDocument } from "../discovery";
import { ScimError } from "../scim-error";
import { readGroup, searchGroups } from "./group-reads";
import { changeGroup, createGroup, deleteGroup, replaceGroup } from "./group-writes";
import { answerOf, type Call, type Done, type ScimRequest } from "./request";
import { searchEverything } from "./search-everything";
import { readUser, searchUsers } from "./user-reads";
import { changeUser, createUser, deleteUser, replaceUser } from "./user-writes";

type Handler = (call: Call, id: string) => Promise<Done>;
/** By method. */
type Place = Readonly<Record<string, Handler>>;

const COLLECTIONS: Readonly<Record<string, Place>> = {
  users: { GET: (call) => searchUsers(call, call.request.query), POST: createUser },
  groups: { GET: (call) => searchGroups(call, call.request.query), POST: createGroup },
};
const RESOURCES: Readonly<Record<string, Place>> = {
  users: { GET: readUser, PUT: replaceUser, PATCH: changeUser, DELETE: deleteUser },
  groups: { GET: readGroup, PUT: replaceGroup, PATCH: changeGroup, DELETE: deleteGroup },
};
const SEARCHES: Readonly<Record<string, Place>> = {
  users: { POST: (call) => searchUsers(call, call.request.body) },
  groups: { POST: (call) => searchGroups(call, call.request.body) },
};

const notHere = (what: string) =>
  new ScimError(
    404,
    `There is nothing at ${what}. This endpoint has /Users, /Groups, /Bulk, /.search, /Schemas, /ResourceTypes and /ServiceProviderConfig.`,
  );

const notSupported: Handler = async () => {
  throw new ScimError(501, "/Me is not supported: a SCIM client is no person here. Use /Users.");
};

/** `executeScim` takes Bulk apart before anything gets here. */
const BULK: Place = {
  POST: async () => {
    throw new ScimError(400, "A Bulk request cannot be inside of another.", "invalidPath");
  },
};
const ME: Place = Object.fromEntries(
  ["GET", "POST", "PUT", "PATCH", "DELETE"].map((method) => [method, notSupported]),
);

/** GET of what never changes. RFC 7644 §4: a filter is refused, for the documents tell what a client may do. */
const readDocument: Handler = async ({ request }) => {
  if (request.query.has("filter")) {
    throw new ScimError(403, "Discovery documents cannot be filtered. Leave filter out.");
  }
  return { answer: answerOf(200, discoveryDocument(request.segments, request.base)), about: null };
};

const DOCUMENT: Place = { GET: readDocument };
const discovery = (segments: readonly string[]): Place | null =>
  discoveryDocument(segments, "") === null ? null : DOCUMENT;

/** Not what every object has, such as `constructor`. */
const own = (places: Readonly<Record<string, Place>>, kind: string): Place | null =>
  (Object.hasOwn(places, kind) && places[kind]) || null;

function placeOf(segments: readonly string[]): Place | null {
  const [first = "", second, ...more] = segments;
  const kind = first.toLowerCase();
  if (more.length > 0) return null;
  if (kind === "me") return ME;
  if (second === undefined) {
    if (kind === "bulk") return BULK;
    if (kind === ".search") return { POST: searchEverything };
    return own(COLLECTIONS, kind) ?? discovery(segments);
  }
  if (second.toLowerCase() === ".search") return own(SEARCHES, kind);
  return own(RESOURCES, kind) ?? discovery(segments);
}

/** Whether a request only reads, so that it needs no transaction. */
export const isRead = ({ method, segments }: Call["request"]): boolean =>
  method === "GET" || segments.at(-1)?.toLowerCase() === ".search";

/** Who answers a method at a place. Throws ScimError 404, 405. */
function handlerOf({ method, segments }: Pick<ScimRequest, "method" | "segments">): Handler {
  const place = placeOf(segments);
  const where = `/${segments.join("/").slice(0, 100)}`;
  if (!place) throw notHere(where);
  const handler = Object.hasOwn(place, method) && place[method];
  if (handler) return handler;
  const possible = Object.keys(place).join(", ");
  throw new ScimError(405, `${method} is not possible at ${where}. Possible: ${possible}.`);
}

/** Throws ScimError 404, 405 for a request that nobody answers, whatever its body is. */
export const requirePlace = (request: Pick<ScimRequest, "method" | "segments">): void =>
  void handlerOf(request);

/** Finds who answers a request, and lets them. Throws ScimError. */
export const dispatch = (call: Call): Promise<Done> =>
  handlerOf(call.request)(call, call.request.segments[1] ?? "");
