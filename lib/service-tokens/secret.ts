import { randomBytes } from "node:crypto";
import { hashToken } from "@/lib/kit/secrets";
import type { ServiceTokenSecret } from "./schema";

/** 32 hex digits and `.access`, as Cloudflare's. */
export const newClientId = (): string => `${randomBytes(16).toString("hex")}.access`;

/** 64 hex digits, of which only the hash is kept. */
export function newSecret(clientId: string): ServiceTokenSecret & { hash: string } {
  const clientSecret = randomBytes(32).toString("hex");
  return { clientId, clientSecret, hash: hashToken(clientSecret) };
}
