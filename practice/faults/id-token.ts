import { once } from "node:events";
import {
  CompactEncrypt,
  CompactSign,
  decodeJwt,
  decodeProtectedHeader,
  generateKeyPair,
  type JWTPayload,
} from "jose";
import type { KoaContextWithOIDC } from "oidc-provider";
import { strangersKey } from "../keys";
import { epochSeconds, type Fault, type Hook, type Workshop } from "./fault";

const encoder = new TextEncoder();
const base64url = (value: unknown): string =>
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
const reissue =
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

const signedByStranger = (header?: Record<string, string>): Hook =>
  reissue(async () => ({ key: (await strangersKey()).privateKey, header }));

/** Moves the provider's clock, as its claims and its Date header show it. */
const clockMovedBy = (seconds: number, claims: (now: number) => object): Hook => {
  const change = withClaims((payload) => ({ ...payload, ...claims(epochSeconds() + seconds) }));
  return async (context, workshop) => {
    await change(context, workshop);
    context.set("date", new Date(Date.now() + seconds * 1000).toUTCString());
  };
};

const unsigned: Hook = (context) => {
  const answer = tokenAnswer(context);
  if (!answer?.id_token) return;
  answer.id_token = `${base64url({ alg: "none", typ: "JWT" })}.${base64url(decodeJwt(answer.id_token))}.`;
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

const hostileClaims = withClaims((payload) =>
  Object.defineProperty(
    {
      ...payload,
      constructor: { prototype: { polluted: "yes" } },
      toString: "not a function",
      hasOwnProperty: 1,
      "<img src=x onerror=alert(1)>": "<script>alert(1)</script>",
      // Bidirectional override, null byte and a lone surrogate, as a careless directory stores them.
      odd: "\u202egnp.exe\u0000\ud800",
      groups: Array.from({ length: 1500 }, (_, index) => `group-${index}`),
    },
    "__proto__",
    { value: { polluted: "yes" }, enumerable: true },
  ),
);

const garbled: Hook = (context) => {
  const answer = tokenAnswer(context);
  if (answer) answer.id_token = "this-is-not-a-token";
};

const absent: Hook = (context) => {
  const answer = tokenAnswer(context);
  if (answer) delete answer.id_token;
};

const withoutEmail = without("email", "email_verified");

/** Leaves a request without an answer until the other side gives up. */
export const hang: Hook = async (context) => {
  context.respond = false;
  await once(context.res, "close");
};

export const ID_TOKEN_FAULTS: readonly Fault[] = [
  {
    id: "fault-forged-signature",
    title: "ID token signed by somebody else, under a known key id",
    expect: "The signature of the ID token is wrong.",
    hooks: { token: signedByStranger() },
  },
  {
    id: "fault-unknown-kid",
    title: "ID token signed with a key that is not published",
    expect: "The Certificate URL has other keys.",
    hooks: { token: signedByStranger({ kid: "a-key-nobody-published" }) },
  },
  {
    id: "fault-wrong-audience",
    title: "ID token for another application",
    expect: "The token is for another app.",
    hooks: { token: withClaims((payload) => ({ ...payload, aud: "some-other-app" })) },
  },
  {
    id: "fault-wrong-issuer",
    title: "ID token from another issuer",
    expect: "The issuer differs.",
    hooks: { token: withClaims((payload) => ({ ...payload, iss: "https://other.example.com" })) },
  },
  {
    id: "fault-wrong-nonce",
    title: "ID token with another nonce",
    expect: "The nonce does not match.",
    hooks: { token: withClaims((payload) => ({ ...payload, nonce: "from-another-sign-in" })) },
  },
  {
    id: "fault-no-nonce",
    title: "ID token without the nonce",
    expect: "The nonce is missing.",
    hooks: { token: withClaims(without("nonce")) },
  },
  {
    id: "fault-expired",
    title: "Clock 20 minutes behind: the ID token has expired",
    expect: "The clocks differ; the ID token has expired.",
    hooks: { token: clockMovedBy(-1200, (now) => ({ iat: now, exp: now + 300 })) },
  },
  {
    id: "fault-future",
    title: "Clock 20 minutes ahead: the ID token is not valid yet",
    expect: "The clocks differ; the ID token is not valid yet.",
    hooks: { token: clockMovedBy(1200, (now) => ({ iat: now, nbf: now, exp: now + 300 })) },
  },
  {
    id: "fault-future-iat",
    title: "Clock 20 minutes ahead, without a not-before time",
    expect: "Passes with a warning: the clocks differ.",
    hooks: { token: clockMovedBy(1200, (now) => ({ iat: now, exp: now + 300 })) },
  },
  {
    id: "fault-alg-none",
    title: "ID token without a signature (alg none)",
    expect: "The signature algorithm is not supported.",
    hooks: { token: unsigned },
  },
  {
    id: "fault-hs256",
    title: "ID token signed with the client secret (HS256)",
    expect: "The signature algorithm is not supported; choose a signing key.",
    hooks: { token: symmetric },
  },
  {
    id: "fault-encrypted",
    title: "Encrypted ID token (five parts)",
    expect: "The ID token is encrypted.",
    hooks: { token: encrypted },
  },
  {
    id: "fault-garbled-id-token",
    title: "ID token that is no token",
    expect: "The ID token cannot be read.",
    hooks: { token: garbled },
  },
  {
    id: "fault-no-id-token",
    title: "Token answer without an ID token",
    expect: "Sign-in succeeded, but no ID token came back.",
    hooks: { token: absent },
  },
  {
    id: "fault-no-email",
    title: "No email address anywhere",
    expect: "No email in the answer.",
    hooks: {
      token: withClaims(withoutEmail),
      userinfo: (context) => {
        context.body = withoutEmail(context.body as object);
      },
    },
  },
  {
    id: "variant-user-info",
    title: "Claims only at the user info endpoint",
    expect: "Passes: email, name and groups come from user info.",
    hooks: { token: bareIdToken },
  },
  {
    id: "variant-hostile-claims",
    title: "Claim names and values made to do harm, and 1,500 groups",
    expect: "Passes: every claim is shown as plain text.",
    hooks: { token: hostileClaims },
  },
  {
    id: "variant-es256",
    title: "ID token signed with ES256",
    expect: "Passes.",
    client: { id_token_signed_response_alg: "ES256" },
  },
];
