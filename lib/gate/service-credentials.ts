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

/** Whether a service token may be used at this moment, whoever holds it. */
export const isLive = ({ enabled, expiresAt }: GateServiceToken, now: number): boolean =>
  enabled && (expiresAt === null || now < expiresAt);

/** The service token that credentials prove at `now` (milliseconds since 1970); null when they do not. */
export function provenToken(
  { clientId, clientSecret }: Credentials,
  { serviceTokens }: Pick<Snapshot, "serviceTokens">,
  now: number,
): GateServiceToken | null {
  const token = serviceTokens.get(clientId);
  if (!token || clientSecret.length > LONGEST || !isLive(token, now)) return null;
  const hash = hashToken(clientSecret);
  const current = sameText(hash, token.secretHash);
  const previous =
    token.previous !== null && now < token.previous.until && sameText(hash, token.previous.hash);
  return current || previous ? token : null;
}
