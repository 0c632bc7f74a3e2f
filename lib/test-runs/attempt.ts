import "server-only";
import * as z from "zod";
import { open, seal } from "@/lib/kit/master-key";
import { randomToken } from "@/lib/kit/secrets";

/** The one-time values of a round trip. Nothing but the sealed column ever holds them at rest. */
const attemptSecrets = z.object({ state: z.string(), nonce: z.string(), codeVerifier: z.string() });
export type AttemptSecrets = z.infer<typeof attemptSecrets>;

const context = (runId: string): string => `test-run:${runId}`;

export const newAttemptSecrets = (): AttemptSecrets => ({
  state: randomToken(),
  nonce: randomToken(),
  codeVerifier: randomToken(),
});

export const sealAttempt = (runId: string, secrets: AttemptSecrets): string =>
  seal(JSON.stringify(secrets), context(runId));

export const openAttempt = (runId: string, sealed: string): AttemptSecrets =>
  attemptSecrets.parse(JSON.parse(open(sealed, context(runId))));
