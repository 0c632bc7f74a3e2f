import { decodeJwt } from "jose";
import { strangersKey } from "../keys";
import type { Fault, Hook } from "./fault";
import {
  bareIdToken,
  base64url,
  clockMovedBy,
  encrypted,
  reissue,
  symmetric,
  tokenAnswer,
  withClaims,
  without,
} from "./reissue";

const signedByStranger = (header?: Record<string, string>): Hook =>
  reissue(async () => ({ key: (await strangersKey()).privateKey, header }));

const unsigned: Hook = (context) => {
  const answer = tokenAnswer(context);
  if (!answer?.id_token) return;
  answer.id_token = `${base64url({ alg: "none", typ: "JWT" })}.${base64url(decodeJwt(answer.id_token))}.`;
};

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

export const ID_TOKEN_FAULTS: readonly Fault[] = [
  {
    id: "fault-forged-signature",
    title: "ID token signed by somebody else, under a known key id",
    expect: "The signature of the ID token is wrong.",
    code: "bad_signature",
    hooks: { token: signedByStranger() },
  },
  {
    id: "fault-unknown-kid",
    title: "ID token signed with a key that is not published",
    expect: "The Certificate URL has other keys.",
    code: "kid_unknown",
    hooks: { token: signedByStranger({ kid: "a-key-nobody-published" }) },
  },
  {
    id: "fault-wrong-audience",
    title: "ID token for another application",
    expect: "The token is for another app.",
    code: "aud_mismatch",
    hooks: { token: withClaims((payload) => ({ ...payload, aud: "some-other-app" })) },
  },
  {
    id: "fault-wrong-issuer",
    title: "ID token from another issuer",
    expect: "The issuer differs.",
    code: "iss_mismatch",
    hooks: { token: withClaims((payload) => ({ ...payload, iss: "https://other.example.com" })) },
  },
  {
    id: "fault-wrong-nonce",
    title: "ID token with another nonce",
    expect: "The nonce does not match.",
    code: "nonce_mismatch",
    hooks: { token: withClaims((payload) => ({ ...payload, nonce: "from-another-sign-in" })) },
  },
  {
    id: "fault-no-nonce",
    title: "ID token without the nonce",
    expect: "The nonce is missing.",
    code: "nonce_missing",
    hooks: { token: withClaims(without("nonce")) },
  },
  {
    id: "fault-expired",
    title: "Clock 20 minutes behind: the ID token has expired",
    expect: "The clocks differ; the ID token has expired.",
    code: "expired",
    hooks: { token: clockMovedBy(-1200, (now) => ({ iat: now, exp: now + 300 })) },
  },
  {
    id: "fault-future",
    title: "Clock 20 minutes ahead: the ID token is not valid yet",
    expect: "The clocks differ; the ID token is not valid yet.",
    code: "not_yet_valid",
    hooks: { token: clockMovedBy(1200, (now) => ({ iat: now, nbf: now, exp: now + 300 })) },
  },
  {
    id: "fault-future-iat",
    title: "Clock 20 minutes ahead, without a not-before time",
    expect: "Passes with a warning: the clocks differ.",
    code: "iat_future",
    hooks: { token: clockMovedBy(1200, (now) => ({ iat: now, exp: now + 300 })) },
  },
  {
    id: "fault-alg-none",
    title: "ID token without a signature (alg none)",
    expect: "The signature algorithm is not supported.",
    code: "alg_none",
    hooks: { token: unsigned },
  },
  {
    id: "fault-hs256",
    title: "ID token signed with the client secret (HS256)",
    expect: "The signature algorithm is not supported; choose a signing key.",
    code: "alg_symmetric",
    hooks: { token: symmetric },
  },
  {
    id: "fault-hs256-with-keys",
    title: "HS256, with Accept HS256 on, from a provider that publishes keys",
    expect: "The signature algorithm is not supported: the provider has keys to sign with.",
    code: "hs256_keys_published",
    setup: { accept_hs256: true },
    hooks: { token: symmetric },
  },
  {
    id: "fault-encrypted",
    title: "Encrypted ID token (five parts)",
    expect: "The ID token is encrypted.",
    code: "id_token_encrypted",
    hooks: { token: encrypted },
  },
  {
    id: "fault-garbled-id-token",
    title: "ID token that is no token",
    expect: "The ID token cannot be read.",
    code: "id_token_malformed",
    hooks: { token: garbled },
  },
  {
    id: "fault-no-id-token",
    title: "Token answer without an ID token",
    expect: "Sign-in succeeded, but no ID token came back.",
    code: "no_id_token",
    hooks: { token: absent },
  },
  {
    id: "fault-no-email",
    title: "No email address anywhere",
    expect: "No email in the answer.",
    code: "no_email",
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
    code: null,
    hooks: { token: bareIdToken },
  },
  {
    id: "variant-hostile-claims",
    title: "Claim names and values made to do harm, and 1,500 groups",
    expect: "Passes: every claim is shown as plain text.",
    code: null,
    hooks: { token: hostileClaims },
  },
  {
    id: "variant-es256",
    title: "ID token signed with ES256",
    expect: "Passes.",
    code: null,
    client: { id_token_signed_response_alg: "ES256" },
  },
];
