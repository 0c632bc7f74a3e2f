/** When the provider of a login method was last heard of, and what it pushed so far. */
export interface ScimHealth {
  /** ISO 8601, UTC; null before the first request. */
  firstAt: string | null;
  lastAt: string | null;
  lastIp: string | null;
  /** `User-Agent` of the last request. */
  lastClient: string | null;
  lastErrorAt: string | null;
  lastError: string | null;
  users: number;
  groups: number;
}
