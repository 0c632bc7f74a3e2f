import "server-only";
import { hash, verify } from "@node-rs/argon2";
import { processState } from "@/lib/kit/process-state";

/** Argon2id as OWASP's password storage cheat sheet asks: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** One spelling for characters that keyboards compose differently (NIST SP 800-63B §3.1.1.2). */
const prepared = (password: string): string => password.normalize("NFKC");

export const hashPassword = (password: string): Promise<string> => hash(prepared(password), COST);

/** What an unknown account is compared with, so that it takes as long as a known one. */
const decoy = (): Promise<string> =>
  processState("password-decoy", () => hashPassword(crypto.randomUUID()));

/** Whether the password is the one that was hashed; with no hash, the same work and false. */
export async function passwordMatches(stored: string | null, password: string): Promise<boolean> {
  const matches = await verify(stored ?? (await decoy()), prepared(password)).catch(() => false);
  return stored !== null && matches;
}
