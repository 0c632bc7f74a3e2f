import * as jose from "jose";
import * as z from "zod";
import { log } from "@/lib/kit/log";
import { randomToken, sameText } from "@/lib/kit/secrets";
import { guardedFetch } from "@/lib/outbound/guarded-fetch";
import type { OutboundPolicy } from "@/lib/outbound/schema";

export interface Evaluator {
  evaluateUrl: string;
  keysUrl: string;
}

export interface Question {
  /** What get-identity says of the person: the evaluator reads `identity.email` and its like. */
  identity: object;
  /** Origin of the team domain, whose `/cdn-cgi/access/certs` verifies the question. */
  issuer: string;
  /** Signs with the key of the application tokens (RS256). */
  sign(payload: object): Promise<string>;
  policy: OutboundPolicy;
}

const TIME_MS = 5_000;
const MAX_BYTES = 64 * 1024;
/** Seconds that a question is valid. */
const QUESTION_S = 60;
const MOST_KEYS = 50;

/** RSA only, as Cloudflare has it. */
const ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"];

const answerSchema = z.object({ token: z.string().max(MAX_BYTES) });
const keysSchema = z.object({
  keys: z.array(z.looseObject({ kty: z.string() })).max(MOST_KEYS),
});
const claimsSchema = z.object({
  success: z.boolean(),
  nonce: z.string(),
  exp: z.number(),
});

async function jsonOf(response: Response): Promise<unknown> {
  if (response.status !== 200) throw new Error(`HTTP status ${response.status}`);
  return response.json();
}

async function answerTo({ evaluateUrl, keysUrl }: Evaluator, question: Question): Promise<boolean> {
  const nonce = randomToken();
  const iat = Math.floor(Date.now() / 1000);
  const { identity, issuer: iss, sign, policy } = question;
  // No `aud` and another `type`: nobody takes this for a token of an application.
  const type = "external_evaluation";
  const token = await sign({ type, iss, iat, exp: iat + QUESTION_S, nonce, identity });
  const fetch = guardedFetch(policy, {
    timeoutMs: TIME_MS,
    maxBytes: MAX_BYTES,
    plainHttpToListed: true,
  });
  const json = { accept: "application/json" };
  const [answered, published] = await Promise.all([
    fetch(evaluateUrl, {
      method: "POST",
      headers: { ...json, "content-type": "application/json" },
      body: JSON.stringify({ token }),
    }).then(jsonOf),
    fetch(keysUrl, { headers: json }).then(jsonOf),
  ]);
  const rsa = keysSchema.parse(published).keys.filter(({ kty }) => kty === "RSA");
  const { payload } = await jose.jwtVerify(
    answerSchema.parse(answered).token,
    jose.createLocalJWKSet({ keys: rsa }),
    { algorithms: ALGORITHMS, requiredClaims: ["exp", "nonce"] },
  );
  const claims = claimsSchema.parse(payload);
  return sameText(claims.nonce, nonce) && claims.success;
}

/**
 * Asks one external evaluator: POSTs `{"token": <JWT>}` with the identity and a nonce, and expects
 * `{"token": <JWT>}` back that verifies against the Keys URL (RSA only), is not expired, echoes the
 * nonce and says `"success": true`. Anything else, a failure or 5 seconds of silence too, is false.
 */
export async function askEvaluator(evaluator: Evaluator, question: Question): Promise<boolean> {
  try {
    return await answerTo(evaluator, question);
  } catch (err) {
    log.warn({ err, host: hostOf(evaluator.evaluateUrl) }, "an external evaluation failed");
    return false;
  }
}

const hostOf = (url: string): string | null => (URL.canParse(url) ? new URL(url).host : null);

/**
 * Answers by Evaluate URL, all asked at once. Where two rules name one Evaluate URL with unlike Keys
 * URLs, both must agree.
 */
export async function askAll(
  evaluators: readonly Evaluator[],
  question: Question,
): Promise<Record<string, boolean>> {
  const asked = await Promise.all(
    evaluators.map(async (one) => [one.evaluateUrl, await askEvaluator(one, question)] as const),
  );
  const answers: Record<string, boolean> = {};
  for (const [url, yes] of asked) answers[url] = yes && (answers[url] ?? true);
  return answers;
}
