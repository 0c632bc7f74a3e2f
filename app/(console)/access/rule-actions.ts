"use server";
import * as z from "zod";
import { viewerAction } from "@/lib/admins/admin-action";
import {
  searchUsersSchema,
  testEveryoneSchema,
  testPersonSchema,
} from "@/lib/policies/tester/schema";
import { testEveryone, testPerson } from "@/lib/policies/tester/store";
import { listGroupsForRules } from "@/lib/scim/effects/group-values/store";
import { listSeenClaims } from "@/lib/test-runs/seen-claims/store";
import { userQuerySchema } from "@/lib/users/query";
import { listUsers } from "@/lib/users/store";

const FOUND = 10;

/** Names that a login method has sent: what a rule about it may want. */
export const loadHints = viewerAction(
  z.object({ loginMethodId: z.uuid() }),
  async ({ loginMethodId }, viewer) => {
    const [seen, pushed] = await Promise.all([
      listSeenClaims(viewer, loginMethodId),
      listGroupsForRules(viewer, loginMethodId),
    ]);
    const claims = seen.map(({ name, type }) => ({ value: name, detail: type }));
    const groups = pushed.map(({ name, value }) => ({
      value,
      detail: "SCIM",
      ...(name !== value && { label: name }),
    }));
    return { claims, groups, scim: groups.length > 0, values: {} };
  },
);

export const tryPerson = viewerAction(testPersonSchema, (input, viewer) =>
  testPerson(viewer, input),
);

export const tryEveryone = viewerAction(testEveryoneSchema, ({ subject }, viewer) =>
  testEveryone(viewer, subject),
);

export const searchUsers = viewerAction(searchUsersSchema, async ({ q }, viewer) => {
  const { users } = await listUsers(viewer, userQuerySchema.parse({ q }), FOUND);
  return users.map(({ id, email, name, loginMethod }) => ({
    ...{ id, email, name },
    loginMethod: loginMethod.name,
  }));
});
