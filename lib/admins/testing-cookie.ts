import { encode } from "next-auth/jwt";
import { sessionCookie, sessionSecret } from "./auth-options";
import type { SessionSubject } from "./credentials/store";

/** Name and value of the cookie of a session. */
export async function cookieOf({ id, epoch }: SessionSubject): Promise<[string, string]> {
  const since = Math.floor(Date.now() / 1000);
  const token = { sub: id, epoch, since };
  return [sessionCookie().name, await encode({ token, secret: sessionSecret(), maxAge: 3600 })];
}
