import * as jose from "jose";
import * as z from "zod";
import { log } from "@/lib/kit/log";
import { randomToken, sameText } from "@/lib/kit/secrets";
import { guardedFetch } from "@/lib/outbound/guarded-fetch";
import { networkFault } from "@/lib/outbound/network-fault";
import type { OutboundPolicy } from "@/lib/outbound/schema";
import type { EndpointFault, EvaluationAnswer, EvaluationFailure } from "./answer";

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

/** Why there is no yes and no no; the cause is for the process's own log. */
class Failed extends Error {
  constructor(
    readonly failure: EvaluationFailure,
    cause: unknown,
  ) {
    super(failure, { cause });
  }
}

async function otherwise<T>(failure: EvaluationFailure, work: T | Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    throw new Failed(failure, cause);
  }
}

function endpointFault(error: unknown): EndpointFault {
  const fault = networkFault(error);
  if (fault === "blocked" || fault === "timeout" || fault === "too_large") return fault;
  return fault?.startsWith("tls_") ? "tls" : "unreachable";
}

/** What an endpoint answers, as JSON of this shape. */
async function read<T>(
  part: "evaluate" | "keys",
  response: Promise<Response>,
  schema: z.ZodType<T>,
): Promise<T> {
  const answered = await response.catch((cause: unknown) => {
    throw new Failed(`${part}_${endpointFault(cause)}`, cause);
  });
  if (answered.status !== 200) throw new Failed(`${part}_status`, `HTTP ${answered.status}`);
  return otherwise(`${part}_unreadable`, answered.json().then(schema.parse));
}

function flawOf(error: unknown): EvaluationFailure {
  const { code, claim } = error as { code?: unknown; claim?: unknown };
  if (code === "ERR_JWT_EXPIRED") return "expired";
  if (code !== "ERR_JWT_CLAIM_VALIDATION_FAILED") return "signature";
  return claim === "nonce" ? "nonce" : "expired";
}

async function verified(token: string, keys: z.output<typeof keysSchema>["keys"]) {
  const rsa = keys.filter(({ kty }) => kty === "RSA");
  const options = { algorithms: ALGORITHMS, requiredClaims: ["exp", "nonce"] };
  try {
    return (await jose.jwtVerify(token, jose.createLocalJWKSet({ keys: rsa }), options)).payload;
  } catch (cause) {
    throw new Failed(flawOf(cause), cause);
  }
}

async function answerTo({ evaluateUrl, keysUrl }: Evaluator, question: Question): Promise<boolean> {
  const nonce = randomToken();
  const iat = Math.floor(Date.now() / 1000);
  const { identity, issuer: iss, sign, policy } = question;
  // No `aud` and another `type`: nobody takes this for a token of an application.
  const type = "external_evaluation";
  const payload = { type, iss, iat, exp: iat + QUESTION_S, nonce, identity };
  const token = await otherwise("unsigned_question", sign(payload));
  const fetch = guardedFetch(policy, {
    timeoutMs: TIME_MS,
    maxBytes: MAX_BYTES,
    plainHttpToListed: true,
  });
  const json = { accept: "application/json" };
  const asked = fetch(evaluateUrl, {
    method: "POST",
    headers: { ...json, "content-type": "application/json" },
    body: JSON.stringify({ token }),
  });
  const [answered, published] = await Promise.all([
    read("evaluate", asked, answerSchema),
    read("keys", fetch(keysUrl, { headers: json }), keysSchema),
  ]);
  const claims = claimsSchema.safeParse(await verified(answered.token, published.keys));
  if (!claims.success) throw new Failed("claims", claims.error);
  if (!sameText(claims.data.nonce, nonce)) throw new Failed("nonce", null);
  return claims.data.success;
}

const hostOf = (url: string): string | null => (URL.canParse(url) ? new URL(url).host : null);

/**
 * Asks one external evaluator: POSTs `{"token": <JWT>}` with the identity and a nonce, and expects
 * `{"token": <JWT>}` back that verifies against the Keys URL (RSA only), is not expired, echoes the
 * nonce and says `"success": true`. Anything else, 5 seconds of silence too, is the reason why it is
 * no answer, and counts as no.
 */
export async function askEvaluator(
  evaluator: Evaluator,
  question: Question,
): Promise<EvaluationAnswer> {
  try {
    return await answerTo(evaluator, question);
  } catch (err) {
    log.warn({ err, host: hostOf(evaluator.evaluateUrl) }, "an external evaluation failed");
    return err instanceof Failed ? err.failure : "evaluate_unreadable";
  }
}

/**
 * Answers by Evaluate URL, all asked at once. Where two rules name one Evaluate URL with unlike Keys
 * URLs, both must agree.
 */
export async function askAll(
  evaluators: readonly Evaluator[],
  question: Question,
): Promise<Record<string, EvaluationAnswer>> {
  const asked = await Promise.all(
    evaluators.map(async (one) => [one.evaluateUrl, await askEvaluator(one, question)] as const),
  );
  const answers: Record<string, EvaluationAnswer> = {};
  for (const [url, answer] of asked) {
    if (answers[url] === undefined || answers[url] === true) answers[url] = answer;
  }
  return answers;
}
