import { discoveryDocument } from "../discovery";
import { ScimError } from "../scim-error";
import { readGroup, searchGroups } from "./group-reads";
import { changeGroup, createGroup, deleteGroup, replaceGroup } from "./group-writes";
import { answerOf, type Call, type Done } from "./request";
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

function placeOf(segments: readonly string[]): Place | null {
  const [first = "", second, ...more] = segments;
  const kind = first.toLowerCase();
  if (more.length > 0) return null;
  if (kind === "me") return ME;
  if (second === undefined) {
    if (kind === ".search") return { POST: searchEverything };
    return COLLECTIONS[kind] ?? discovery(segments);
  }
  if (second.toLowerCase() === ".search") return SEARCHES[kind] ?? null;
  return RESOURCES[kind] ?? discovery(segments);
}

/** Whether a request only reads, so that it needs no transaction. */
export const isRead = ({ method, segments }: Call["request"]): boolean =>
  method === "GET" || segments.at(-1)?.toLowerCase() === ".search";

/** Finds who answers a request, and lets them. Throws ScimError. */
export function dispatch(call: Call): Promise<Done> {
  const { method, segments } = call.request;
  const place = placeOf(segments);
  if (!place) throw notHere(`/${segments.join("/").slice(0, 100)}`);
  const handler = place[method];
  if (!handler) {
    throw new ScimError(
      405,
      `${method} is not possible at /${segments.join("/").slice(0, 100)}. Possible: ${Object.keys(place).join(", ")}.`,
    );
  }
  return handler(call, segments[1] ?? "");
}
