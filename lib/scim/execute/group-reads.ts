import { getScimGroup, listScimGroups } from "../groups/store";
import { readListQuery } from "../list-query";
import { groupsWithin, membersOf } from "../members/reading/store";
import { isCurrent } from "../preconditions";
import { project, readSelection, wants } from "../projection";
import { etagOf, groupResource } from "../render";
import type { ScimGroup } from "../schema";
import { listAnswer } from "./list-answer";
import { answerOf, type Call, type Done, type ScimAnswer } from "./request";

/** Of all Groups of one page: about 12 MB of JSON. A single Group is answered whole, however large. */
const MOST_MEMBERS = 50_000;

/** A Group with what of it the client asked for. */
export async function answerGroup(
  { tx, request }: Call,
  status: 200 | 201,
  group: ScimGroup,
): Promise<ScimAnswer> {
  const selection = readSelection(request.query);
  const members = wants(selection, "members") ? await membersOf(tx, [group.id]) : null;
  const whole = groupResource(group, members?.get(group.id) ?? null, request.base);
  return answerOf(status, project(whole, selection, "Group"), {
    etag: etagOf(group.version),
    location: `${request.base}/Groups/${group.id}`,
  });
}

/** GET /Groups/<id> (RFC 7644 §3.4.1), with every member: authentik compares them. */
export async function readGroup(call: Call, id: string): Promise<Done> {
  const group = await getScimGroup(call.tx, call.client, id);
  const answer = isCurrent(call.request.ifNoneMatch, group.version)
    ? answerOf(304, null, { etag: etagOf(group.version) })
    : await answerGroup(call, 200, group);
  return { answer, about: null };
}

/** GET /Groups and POST /Groups/.search (RFC 7644 §3.4.2, §3.4.3). */
export async function searchGroups(call: Call, asked: unknown): Promise<Done> {
  const { tx, client, request } = call;
  const query = readListQuery(asked, "Group");
  const withMembers = wants(query.selection, "members");
  const fitting = (groups: readonly ScimGroup[]) =>
    groupsWithin(
      tx,
      groups.map(({ id }) => id),
      MOST_MEMBERS,
    );
  const page = await listScimGroups(tx, client, query, withMembers ? fitting : undefined);
  const ids = page.items.map(({ id }) => id);
  const members = withMembers ? await membersOf(tx, ids) : null;
  const resources = page.items.map((group) =>
    project(
      groupResource(group, members?.get(group.id) ?? null, request.base),
      query.selection,
      "Group",
    ),
  );
  return { answer: listAnswer(query, page, resources), about: null };
}
