import { expect, it } from "vitest";
import type { SessionSubject } from "@/lib/admins/credentials/store";
import { removeAdmin } from "@/lib/admins/store";
import { join } from "@/lib/admins/testing";
import { cookieOf } from "@/lib/admins/testing-cookie";
import type { Owner, Role } from "@/lib/kit/actor";
import type { Result } from "@/lib/kit/result";
import { request } from "./testing-request";

/** One server action, and who may. */
export interface Act {
  what: string;
  may: Role[];
  run: () => Promise<Result<unknown>>;
}

export const ALL: Role[] = ["owner", "admin", "read_only"];

/** The request at hand comes from the browser of this session. */
export async function browserOf(session: SessionSubject): Promise<void> {
  request.cookies.set(...(await cookieOf(session)));
}

/** Made when first asked for, and then the same. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => {
    made ??= make();
    return made;
  };
}

interface Matrix {
  acts: readonly Act[];
  owner: () => Owner;
  /** Whether the actions may change their own admin, so that each needs another one. Costs time. */
  ownAdmins?: boolean;
}

/** Tries each action as every role, without a session, and as an admin who was removed. */
export function roleMatrix({ acts, owner, ownAdmins = false }: Matrix): void {
  const joined = new Map(
    ALL.map((role) => [role, once(async () => (await join(owner(), role)).session)]),
  );
  const removed = once(async () => {
    const { viewer, session } = await join(owner(), "owner");
    await removeAdmin(owner(), viewer.id);
    return session;
  });
  const matrix = acts.flatMap((act) => ALL.map((role) => ({ ...act, role })));

  it.each(matrix)("$role and: $what", async ({ role, may, run }) => {
    const session = ownAdmins ? undefined : await joined.get(role)?.();
    await browserOf(session ?? (await join(owner(), role)).session);
    const result = await run();
    if (may.includes(role)) expect(result).toMatchObject({ ok: true });
    else expect(result).toMatchObject({ ok: false, code: "forbidden", fix: expect.any(String) });
  });

  it.each(acts)("nobody without a session may: $what", async ({ run }) => {
    expect(await run()).toMatchObject({ ok: false, code: "unauthenticated" });
  });

  it.each(acts)("an admin who was removed may not: $what", async ({ run }) => {
    await browserOf(await removed());
    expect(await run()).toMatchObject({ ok: false, code: "unauthenticated" });
  });
}
