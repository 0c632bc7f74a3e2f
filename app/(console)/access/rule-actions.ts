"use server";
import * as z from "zod";
import { viewerAction } from "@/lib/admins/admin-action";
import { hintsOfMethod, hintsOfRegistry } from "@/lib/policies/hints/store";
import {
  searchUsersSchema,
  testEveryoneSchema,
  testPersonSchema,
} from "@/lib/policies/tester/schema";
import { testEveryone, testPerson } from "@/lib/policies/tester/store";
import { userQuerySchema } from "@/lib/users/query";
import { listUsers } from "@/lib/users/store";
import { foundUser } from "./found-user";

const FOUND = 10;

/** What a login method has sent, or for null the whole registry: what a rule may want to name. */
export const loadHints = viewerAction(
  z.object({ loginMethodId: z.uuid().nullable() }),
  ({ loginMethodId }, viewer) =>
    loginMethodId === null ? hintsOfRegistry(viewer) : hintsOfMethod(viewer, loginMethodId),
);

export const tryPerson = viewerAction(testPersonSchema, (input, viewer) =>
  testPerson(viewer, input),
);

export const tryEveryone = viewerAction(testEveryoneSchema, ({ subject }, viewer) =>
  testEveryone(viewer, subject),
);

export const searchUsers = viewerAction(searchUsersSchema, async ({ q }, viewer) => {
  const { users } = await listUsers(viewer, userQuerySchema.parse({ q }), FOUND);
  return users.map(foundUser);
});
