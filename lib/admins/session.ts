import "server-only";
import { cookies } from "next/headers";
import { decode, encode } from "next-auth/jwt";
import * as z from "zod";
import { SESSION_SECONDS, sessionCookie, sessionSecret } from "./auth-options";
import type { SessionSubject } from "./credentials/store";

const tokenSchema = z.object({ sub: z.uuid(), epoch: z.number().int(), since: z.number().int() });

const now = (): number => Math.floor(Date.now() / 1000);

/** Signs this browser in: sets next-auth's cookie, as its own endpoint would. */
export async function issueSession({ id, epoch }: SessionSubject): Promise<void> {
  const { name, options } = sessionCookie();
  const value = await encode({
    token: { sub: id, epoch, since: now() },
    secret: sessionSecret(),
    maxAge: SESSION_SECONDS,
  });
  (await cookies()).set(name, value, { ...options, maxAge: SESSION_SECONDS });
}

/** What the token says, if it is ours and not too old; whether it still holds, the database knows. */
export async function openSession(token: string | undefined): Promise<SessionSubject | null> {
  if (!token || token.length > 4_096) return null;
  const payload = await decode({ token, secret: sessionSecret() }).catch(() => null);
  const parsed = tokenSchema.safeParse(payload);
  // next-auth's session endpoint renews `exp`; the end of the day's session stays where it was.
  if (!parsed.success || parsed.data.since + SESSION_SECONDS < now()) return null;
  return { id: parsed.data.sub, epoch: parsed.data.epoch };
}

export async function readSession(): Promise<SessionSubject | null> {
  return openSession((await cookies()).get(sessionCookie().name)?.value);
}
