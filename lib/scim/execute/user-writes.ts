import { emailOf } from "../effects/identity";
import { onUserDeleted, onUserWritten } from "../effects/store";
import { readUserInput } from "../input/user";
import { readPatch } from "../patch/read";
import { patchUser } from "../patch/user";
import { requireMatch } from "../preconditions";
import type { Effect, ScimUser, UserInput } from "../schema";
import { createScimUser, deleteScimUser, lockScimUser, updateScimUser } from "../users/store";
import { intentFor } from "./intent-for";
import { type About, answerOf, type Call, type Done } from "./request";
import { sameInput } from "./same-input";
import { answerUser } from "./user-reads";
import { writtenOfUser } from "./written-part";

function about(
  call: Call,
  change: { before: ScimUser | null; after: ScimUser | null },
  effects: Effect[],
): About {
  const user = change.after ?? change.before;
  if (!user) throw new Error("a change of a User has one before it or after it");
  return {
    resourceType: "USER",
    resourceId: user.id,
    externalId: user.externalId,
    userEmail: emailOf(user),
    groupName: null,
    intent: intentFor(call, { type: "User", ...change }),
    effects,
  };
}

/** POST /Users (RFC 7644 §3.3). */
export async function createUser(call: Call): Promise<Done> {
  const { tx, client, request } = call;
  const after = await createScimUser(tx, client, readUserInput(request.body));
  const effects = await onUserWritten(tx, client, null, after);
  return {
    answer: await answerUser(call, 201, after),
    about: about(call, { before: null, after }, effects),
  };
}

/** What was asked for is what is there: nothing is written, and the version stays. */
async function write(call: Call, before: ScimUser, input: UserInput): Promise<Done> {
  const { tx, client } = call;
  if (sameInput(before, input)) {
    return {
      answer: await answerUser(call, 200, before),
      about: about(call, { before, after: before }, []),
    };
  }
  const after = await updateScimUser(tx, before, input);
  const effects = await onUserWritten(tx, client, before, after);
  return {
    answer: await answerUser(call, 200, after),
    about: about(call, { before, after }, effects),
  };
}

/**
 * PUT /Users/<id> (RFC 7644 §3.5.1). A client that does not say `active` does not let somebody in
 * again whom it kept out before.
 */
export async function replaceUser(call: Call, id: string): Promise<Done> {
  const { tx, client, request } = call;
  const before = await lockScimUser(tx, client, id);
  requireMatch(request.ifMatch, before.version);
  return write(call, before, readUserInput(request.body, before));
}

/** PATCH /Users/<id> (RFC 7644 §3.5.2). */
export async function changeUser(call: Call, id: string): Promise<Done> {
  const { tx, client, request } = call;
  const operations = readPatch(request.body, "User");
  const before = await lockScimUser(tx, client, id);
  requireMatch(request.ifMatch, before.version);
  return write(call, before, patchUser(writtenOfUser(before), operations));
}

/** DELETE /Users/<id> (RFC 7644 §3.6). */
export async function deleteUser(call: Call, id: string): Promise<Done> {
  const { tx, client, request } = call;
  const before = await lockScimUser(tx, client, id);
  requireMatch(request.ifMatch, before.version);
  const effects = await onUserDeleted(tx, client, before);
  await deleteScimUser(tx, before);
  return { answer: answerOf(204), about: about(call, { before, after: null }, effects) };
}
