import { onMembershipChanged } from "../effects/store";
import { createScimGroup, deleteScimGroup, lockScimGroup, updateScimGroup } from "../groups/store";
import { inParts } from "../in-parts";
import { readGroupInput } from "../input/group";
import { hasMoreMembersThan } from "../members/reading/store";
import { changeMembers } from "../members/store";
import { planGroup } from "../patch/group";
import { readPatch } from "../patch/read";
import { requireMatch } from "../preconditions";
import { etagOf } from "../render";
import type { Effect, GroupInput, MemberStep, ScimGroup } from "../schema";
import { answerGroup } from "./group-reads";
import { intentFor } from "./intent-for";
import { type About, answerOf, type Call, type Done, type ScimAnswer } from "./request";
import { sameInput } from "./same-input";
import { writtenOfGroup } from "./written-part";

const SMALL_GROUP = 100;

interface Change {
  before: ScimGroup | null;
  after: ScimGroup | null;
  steps: MemberStep[];
}

function about(call: Call, change: Change, effects: Effect[]): About {
  const group = change.after ?? change.before;
  if (!group) throw new Error("a change of a Group has one before it or after it");
  return {
    resourceType: "GROUP",
    resourceId: group.id,
    externalId: group.externalId,
    userEmail: null,
    groupName: group.displayName,
    intent: intentFor(call, { type: "Group", ...change }),
    effects,
  };
}

/** One effect of a kind on many, whose count is of all: the parts are nobody's business. */
function summed(effects: readonly Effect[]): Effect[] {
  const kinds = new Map<string, Effect>();
  for (const effect of effects) {
    const key = `${effect.kind} ${effect.userId}`;
    const before = kinds.get(key);
    kinds.set(key, { ...effect, count: effect.count + (before?.count ?? 0) });
  }
  return [...kinds.values()];
}

/** What came of it for those who came or went, in the one order in which everybody locks people. */
async function effectsOn({ tx, client }: Call, users: readonly string[]): Promise<Effect[]> {
  const effects: Effect[] = [];
  for (const part of inParts([...users].sort())) {
    effects.push(...(await onMembershipChanged(tx, client, part)));
  }
  return summed(effects);
}

/** POST /Groups (RFC 7644 §3.3). */
export async function createGroup(call: Call): Promise<Done> {
  const { tx, client, request } = call;
  const { members, ...input } = readGroupInput(request.body);
  const after = await createScimGroup(tx, client, input);
  const steps: MemberStep[] = members ? [{ op: "add", members }] : [];
  const changed = await changeMembers(tx, client, after.id, steps);
  const effects = await effectsOn(call, changed.users);
  return {
    answer: await answerGroup(call, 201, after),
    about: about(call, { before: null, after, steps }, effects),
  };
}

/** Attributes first, then members. A new name concerns everybody inside; nothing new raises no version. */
async function write(
  call: Call,
  before: ScimGroup,
  { input, steps }: { input: GroupInput; steps: MemberStep[] },
): Promise<{ after: ScimGroup; effects: Effect[] }> {
  const { tx, client } = call;
  const changed = await changeMembers(tx, client, before.id, steps);
  const moved = changed.users.length + changed.groups.length > 0;
  if (!moved && sameInput(before, input)) return { after: before, effects: [] };
  const after = await updateScimGroup(tx, before, input);
  const effects = await effectsOn(call, changed.users);
  if (after.displayName !== before.displayName) {
    effects.push(...(await onMembershipChanged(tx, client, { groupId: before.id })));
  }
  return { after, effects };
}

/**
 * PUT /Groups/<id> (RFC 7644 §3.5.1). Members that are not sent are not asserted, and stay; an empty
 * list removes them.
 */
export async function replaceGroup(call: Call, id: string): Promise<Done> {
  const { tx, client, request } = call;
  const { members, ...input } = readGroupInput(request.body);
  const before = await lockScimGroup(tx, client, id);
  requireMatch(request.ifMatch, before.version);
  const steps: MemberStep[] = members ? [{ op: "replace", members }] : [];
  const { after, effects } = await write(call, before, { input, steps });
  return {
    answer: await answerGroup(call, 200, after),
    about: about(call, { before, after, steps }, effects),
  };
}

/**
 * The Group after a PATCH, where that costs little: what a change of one member costs does not depend
 * on how many there are. RFC 7644 §3.5.2 leaves 200 and 204 to the server.
 */
async function answerChange(call: Call, after: ScimGroup): Promise<ScimAnswer> {
  const { tx, request } = call;
  const asked = request.query.has("attributes") || request.query.has("excludedAttributes");
  if (asked || !(await hasMoreMembersThan(tx, after.id, SMALL_GROUP))) {
    return answerGroup(call, 200, after);
  }
  const location = `${request.base}/Groups/${after.id}`;
  return answerOf(204, null, { etag: etagOf(after.version), location });
}

/** PATCH /Groups/<id> (RFC 7644 §3.5.2). */
export async function changeGroup(call: Call, id: string): Promise<Done> {
  const { tx, client, request } = call;
  const operations = readPatch(request.body, "Group");
  const before = await lockScimGroup(tx, client, id);
  requireMatch(request.ifMatch, before.version);
  const plan = planGroup(writtenOfGroup(before), operations);
  const { after, effects } = await write(call, before, plan);
  return {
    answer: await answerChange(call, after),
    about: about(call, { before, after, steps: plan.steps }, effects),
  };
}

/** DELETE /Groups/<id> (RFC 7644 §3.6). */
export async function deleteGroup(call: Call, id: string): Promise<Done> {
  const { tx, client, request } = call;
  const before = await lockScimGroup(tx, client, id);
  requireMatch(request.ifMatch, before.version);
  const effects = await onMembershipChanged(tx, client, { groupId: before.id, leaving: true });
  await deleteScimGroup(tx, before);
  return { answer: answerOf(204), about: about(call, { before, after: null, steps: [] }, effects) };
}
