import type { TokenRefusal } from "@/lib/access-log/schema";
import { hashToken, sameText } from "@/lib/kit/secrets";
import type { GateQuestion } from "./question";
import type { GateApplication, GateServiceToken, Snapshot } from "./snapshot";

const CLIENT_ID = "cf-access-client-id";
const CLIENT_SECRET = "cf-access-client-secret";
const LONGEST = 2_048;

/** What a program sent to prove who it is. */
export interface Credentials {
  clientId: string;
  clientSecret: string;
}

/** One header that holds `{"cf-access-client-id": …, "cf-access-client-secret": …}` as JSON. */
function fromJson(text: string): Credentials | null {
  if (text.length > LONGEST) return null;
  try {
    const object = JSON.parse(text) as Record<string, unknown> | null;
    const fields = Object.entries(object ?? {}).map(([name, value]) => [name.toLowerCase(), value]);
    const { [CLIENT_ID]: clientId, [CLIENT_SECRET]: clientSecret } = Object.fromEntries(fields);
    return typeof clientId === "string" && typeof clientSecret === "string"
      ? { clientId, clientSecret }
      : null;
  } catch {
    return null;
  }
}

/** The credentials of a service token in a request (reference: cloudflare-access §4.3); null without any. */
export function credentialsIn(
  { header }: Pick<GateQuestion, "header">,
  { settings }: Pick<GateApplication, "settings">,
): Credentials | null {
  const clientId = header(CLIENT_ID);
  const clientSecret = header(CLIENT_SECRET);
  if (clientId !== undefined || clientSecret !== undefined) {
    return { clientId: clientId ?? "", clientSecret: clientSecret ?? "" };
  }
  const name = settings.read_service_tokens_from_header;
  const text = name === null ? undefined : header(name.toLowerCase());
  return text === undefined ? null : fromJson(text);
}

/** A service token, and which of its secrets proves it. */
export interface Program {
  token: GateServiceToken;
  secretVersion: number;
}

/** What credentials came to. */
export interface Proof {
  /** The service token that the Client ID names, and what proves it; null for no proof. */
  program: Program | null;
  /** Why they open nothing, and of which service token; null where they do. */
  refused: { reason: TokenRefusal; named: GateServiceToken | null } | null;
}

/** Whether a service token may be used at this moment, whoever holds it. */
const isLive = ({ enabled, expiresAt }: GateServiceToken, now: number): boolean =>
  enabled && (expiresAt === null || now < expiresAt);

/** Whether a service token may be used at this moment by whoever proved it with that secret. */
export const isLiveWith = ({ token, secretVersion }: Program, now: number): boolean =>
  isLive(token, now) &&
  (secretVersion === token.secretVersion ||
    (secretVersion === token.secretVersion - 1 && now < (token.previous?.until ?? 0)));

const refused = (reason: TokenRefusal, named: GateServiceToken | null): Proof => ({
  program: null,
  refused: { reason, named },
});

/**
 * What credentials prove at `now` (milliseconds since 1970). Whoever knows no secret learns from the
 * reason, which is for the Access log, no more than that it is wrong.
 */
export function proofOf(
  { clientId, clientSecret }: Credentials,
  { serviceTokens }: Pick<Snapshot, "serviceTokens">,
  now: number,
): Proof {
  const token = serviceTokens.get(clientId);
  if (!token) return refused("service_token_unknown", null);
  if (clientSecret.length > LONGEST) return refused("service_token_wrong_secret", token);
  const hash = hashToken(clientSecret);
  const current = sameText(hash, token.secretHash);
  const previous = token.previous !== null && sameText(hash, token.previous.hash);
  if (!current && !previous) return refused("service_token_wrong_secret", token);
  if (!token.enabled) return refused("service_token_disabled", token);
  if (!isLive(token, now)) return refused("service_token_expired", token);
  const program = { token, secretVersion: token.secretVersion - (current ? 0 : 1) };
  if (!isLiveWith(program, now)) return refused("service_token_old_secret", token);
  return { program, refused: null };
}
