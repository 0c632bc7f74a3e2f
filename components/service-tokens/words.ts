import type { Tone } from "@/components/ui/badge";
import type { Result } from "@/lib/kit/result";
import type {
  ServiceToken,
  ServiceTokenSecret,
  TOKEN_DURATIONS,
} from "@/lib/service-tokens/schema";

export type TokenDuration = (typeof TOKEN_DURATIONS)[number];

export const DURATION_LABELS: Record<TokenDuration, string> = {
  "8760h": "1 year",
  "17520h": "2 years",
  "43800h": "5 years",
  "87600h": "10 years",
  forever: "Does not expire",
};

export type TokenState = "enabled" | "expiring" | "expired" | "disabled";

export const STATES: Record<TokenState, { tone: Tone; label: string }> = {
  enabled: { tone: "success", label: "Enabled" },
  expiring: { tone: "warning", label: "Expires soon" },
  expired: { tone: "danger", label: "Expired" },
  disabled: { tone: "neutral", label: "Disabled" },
};

const SOON_MS = 30 * 86_400_000;

/** `now` is the server's clock, in milliseconds: a browser's may be wrong. */
export function stateOf({ enabled, expiresAt }: ServiceToken, now: number): TokenState {
  if (!enabled) return "disabled";
  const left = expiresAt === null ? Number.POSITIVE_INFINITY : Date.parse(expiresAt) - now;
  if (left <= 0) return "expired";
  return left < SOON_MS ? "expiring" : "enabled";
}

export interface TokenItem extends ServiceToken {
  state: TokenState;
}

export interface TokenActions {
  create: (input: {
    name: string;
    duration?: TokenDuration;
  }) => Promise<Result<ServiceTokenSecret>>;
  rotate: (input: {
    id: string;
    graceHours: 0 | 1 | 24 | 168 | 720;
  }) => Promise<Result<ServiceTokenSecret>>;
  extend: (input: { id: string }) => Promise<Result<unknown>>;
  setEnabled: (input: { id: string; enabled: boolean }) => Promise<Result<unknown>>;
  remove: (input: { id: string }) => Promise<Result<unknown>>;
}

/** The two headers of a request, as lines. */
export const headerLines = ({ clientId, clientSecret }: ServiceTokenSecret): string =>
  `CF-Access-Client-Id: ${clientId}\nCF-Access-Client-Secret: ${clientSecret}`;
