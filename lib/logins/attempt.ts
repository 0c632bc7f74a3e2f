import "server-only";
import * as z from "zod";
import { open, seal } from "@/lib/kit/master-key";
import { randomToken } from "@/lib/kit/secrets";
import { type LoginTarget, loginTargetSchema } from "./schema";

/** The one-time values of a round trip. Nothing but the sealed column ever holds them at rest. */
const secretsSchema = z.object({ state: z.string(), nonce: z.string(), codeVerifier: z.string() });
export type LoginSecrets = z.infer<typeof secretsSchema>;

const secretsOf = (loginId: string): string => `login:${loginId}:attempt`;
const targetOf = (loginId: string): string => `login:${loginId}:target`;

export const newSecrets = (): LoginSecrets => ({
  state: randomToken(),
  nonce: randomToken(),
  codeVerifier: randomToken(),
});

export const sealSecrets = (loginId: string, secrets: LoginSecrets): string =>
  seal(JSON.stringify(secrets), secretsOf(loginId));

export const openSecrets = (loginId: string, sealed: string): LoginSecrets =>
  secretsSchema.parse(JSON.parse(open(sealed, secretsOf(loginId))));

export const sealTarget = (loginId: string, target: LoginTarget): string =>
  seal(JSON.stringify(target), targetOf(loginId));

export const openTarget = (loginId: string, sealed: string): LoginTarget =>
  loginTargetSchema.parse(JSON.parse(open(sealed, targetOf(loginId))));
