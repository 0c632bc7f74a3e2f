import {
  CompactEncrypt,
  CompactSign,
  decodeJwt,
  decodeProtectedHeader,
  generateKeyPair,
  type JWTPayload,
} from "jose";
import type { KoaContextWithOIDC } from "oidc-provider";
import { epochSeconds, type Hook, type Workshop } from "./fault";

const encoder = new TextEncoder();
export const base64url = (value: unknown): string =>
  Buffer.from(JSON.stringify(value)).toString("base64url");

interface Reissue {
  payload?: (payload: JWTPayload) => object;
  header?: Record<string, string>;
  key?: CryptoKey | Uint8Array;
}

interface TokenAnswer {
  id_token?: string;
}

/** The successful token answer, or null when the exchange failed for a reason of its own. */
export function tokenAnswer(context: KoaContextWithOIDC): TokenAnswer | null {
  const body = context.body as TokenAnswer | undefined;
  return context.status === 200 && typeof body?.id_token === "string" ? body : null;
}

/** Signs the ID token of the answer again, with the changes given. */
export const reissue =
  (change: (workshop: Workshop, context: KoaContextWithOIDC) => Reissue | Promise<Reissue>): Hook =>
  async (context, workshop) => {
    const answer = tokenAnswer(context);
    if (!answer?.id_token) return;
    const { payload = (same) => same, header, key } = await change(workshop, context);
    const original = decodeProtectedHeader(answer.id_token);
    answer.id_token = await new CompactSign(
      encoder.encode(JSON.stringify(payload(decodeJwt(answer.id_token)))),
    )
      .setProtectedHeader({ ...original, alg: original.alg ?? "RS256", ...header })
      .sign(key ?? workshop.key.privateKey);
  };

/** An ID token with other claims and a good signature. */
export const withClaims = (change: (payload: JWTPayload, workshop: Workshop) => object): Hook =>
  reissue((workshop) => ({ payload: (payload) => change(payload, workshop) }));

/** Moves the provider's clock, as its claims and its Date header show it. */
export const clockMovedBy = (seconds: number, claims: (now: number) => object): Hook => {
  const change = withClaims((payload) => ({ ...payload, ...claims(epochSeconds() + seconds) }));
  return async (context, workshop) => {
    await change(context, workshop);
    context.set("date", new Date(Date.now() + seconds * 1000).toUTCString());
  };
};

export const encrypted: Hook = async (context) => {
  const answer = tokenAnswer(context);
  if (!answer?.id_token) return;
  const { publicKey } = await generateKeyPair("RSA-OAEP-256");
  answer.id_token = await new CompactEncrypt(encoder.encode(answer.id_token))
    .setProtectedHeader({ alg: "RSA-OAEP-256", enc: "A256CBC-HS512", cty: "JWT" })
    .encrypt(publicKey);
};

export const symmetric = reissue((_, context) => ({
  header: { alg: "HS256" },
  key: encoder.encode(context.oidc.client?.clientSecret),
}));

export const without =
  (...names: string[]) =>
  (payload: object): object =>
    Object.fromEntries(Object.entries(payload).filter(([name]) => !names.includes(name)));

const PROTOCOL_CLAIMS = ["iss", "sub", "aud", "exp", "iat", "nonce", "at_hash", "sid"];

/** An ID token that says who, and nothing else: the rest is at the user info endpoint. */
export const bareIdToken = withClaims((payload) =>
  Object.fromEntries(Object.entries(payload).filter(([name]) => PROTOCOL_CLAIMS.includes(name))),
);
