import { readListQuery } from "../list-query";
import { groupsOf } from "../members/reading/store";
import { isCurrent } from "../preconditions";
import { project, readSelection, wants } from "../projection";
import { etagOf, userResource } from "../render";
import type { ScimUser } from "../schema";
import { getScimUser, listScimUsers } from "../users/store";
import { listAnswer } from "./list-answer";
import { answerOf, type Call, type Done, type ScimAnswer } from "./request";

/** A User with what of it the client asked for. */
export async function answerUser(
  { tx, request }: Call,
  status: 200 | 201,
  user: ScimUser,
): Promise<ScimAnswer> {
  const selection = readSelection(request.query);
  // Nobody is in a group who was not there a moment ago.
  const looked = status === 200 && wants(selection, "groups");
  const groups = looked ? await groupsOf(tx, [user.id]) : null;
  const whole = userResource(user, groups?.get(user.id) ?? null, request.base);
  return answerOf(status, project(whole, selection, "User"), {
    etag: etagOf(user.version),
    location: `${request.base}/Users/${user.id}`,
  });
}

/** GET /Users/<id> (RFC 7644 §3.4.1). */
export async function readUser(call: Call, id: string): Promise<Done> {
  const user = await getScimUser(call.tx, call.client, id);
  const answer = isCurrent(call.request.ifNoneMatch, user.version)
    ? answerOf(304, null, { etag: etagOf(user.version) })
    : await answerUser(call, 200, user);
  return { answer, about: null };
}

/** GET /Users and POST /Users/.search (RFC 7644 §3.4.2, §3.4.3). */
export async function searchUsers(call: Call, asked: unknown): Promise<Done> {
  const { tx, client, request } = call;
  const query = readListQuery(asked, "User");
  const page = await listScimUsers(tx, client, query);
  const ids = page.items.map(({ id }) => id);
  const groups = wants(query.selection, "groups") ? await groupsOf(tx, ids) : null;
  const resources = page.items.map((user) =>
    project(
      userResource(user, groups?.get(user.id) ?? null, request.base),
      query.selection,
      "User",
    ),
  );
  return { answer: listAnswer(query, page, resources), about: null };
}
