import "server-only";
import type { AuthOptions } from "next-auth";
import credentials from "next-auth/providers/credentials";
import { env } from "@/lib/kit/env";
import { isAppError } from "@/lib/kit/errors";
import { log } from "@/lib/kit/log";
import { masterKey } from "@/lib/kit/master-key";
import { deriveKey } from "@/lib/kit/secrets";
import { safeCallbackPath } from "./callback-path";
import { signInWithPassword } from "./credentials/store";
import { originOf } from "./request-origin";
import { signInSchema } from "./schema";

/** Seconds from sign-in to the end of a session, however busy it was. */
export const SESSION_SECONDS = 12 * 60 * 60;

export const sessionSecret = (): string =>
  deriveKey(masterKey(), "console-session").toString("base64url");

/** `__Host-` keeps other hosts of the domain from setting it; browsers allow it over TLS only. */
export function sessionCookie() {
  const secure = env().url.startsWith("https:");
  return {
    name: secure ? "__Host-gatehouse-session" : "gatehouse-session",
    options: { httpOnly: true, sameSite: "lax", path: "/", secure },
  } as const;
}

const provider = credentials({
  credentials: { email: {}, password: {} },
  async authorize(given, request) {
    const parsed = signInSchema.safeParse(given);
    if (!parsed.success) return null;
    const headers = new Headers(request.headers as Record<string, string>);
    try {
      const from = originOf(headers, "console");
      return await signInWithPassword(parsed.data.email, parsed.data.password, from);
    } catch (error) {
      if (isAppError(error) && error.code === "unauthenticated") return null;
      // next-auth shows the text of an error: only ours is fit to be shown.
      if (isAppError(error)) throw error;
      log.error({ err: error }, "a sign-in failed for a reason of ours");
      throw new Error("Gatehouse could not check this sign-in. Try again.");
    }
  },
});

/**
 * next-auth for the console: credentials, and a token that holds only the admin's id, the epoch of
 * their password and the time of sign-in. Who they are now is read from the database every time.
 */
export function authOptions(): AuthOptions {
  process.env.NEXTAUTH_URL = env().url;
  return {
    providers: [provider],
    secret: sessionSecret(),
    session: { strategy: "jwt", maxAge: SESSION_SECONDS },
    useSecureCookies: env().url.startsWith("https:"),
    cookies: { sessionToken: sessionCookie() },
    pages: { signIn: "/login", signOut: "/login", error: "/login", verifyRequest: "/login" },
    callbacks: {
      jwt: ({ token, user }) => {
        if (!user) return token;
        const epoch = "epoch" in user ? user.epoch : undefined;
        return { sub: user.id, epoch, since: Math.floor(Date.now() / 1000) };
      },
      // The endpoint tells nothing: whether the admin still exists is not in the token.
      session: ({ session }) => ({ expires: session.expires }),
      redirect: ({ url, baseUrl }) => {
        const path = url.startsWith(`${baseUrl}/`) ? url.slice(baseUrl.length) : url;
        return `${baseUrl}${safeCallbackPath(path)}`;
      },
    },
    logger: {
      error: (code) => log.error({ event: code }, "next-auth reported an error"),
      warn: (code) => log.debug({ event: code }, "next-auth reported a warning"),
      debug: () => undefined,
    },
  };
}
