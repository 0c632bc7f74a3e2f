import type { ScimClient } from "@/lib/kit/actor";
import type { Effect } from "../schema";
import type { ScimTransaction } from "../transaction/store";

/** One request to an endpoint, alone or as an operation of a Bulk request. */
export interface ScimRequest {
  method: string;
  /** Path after the endpoint's base URL, decoded: `["Users", "<id>"]`. */
  segments: readonly string[];
  query: URLSearchParams;
  /** Parsed JSON; undefined where there is none. */
  body: unknown;
  ifMatch: string | null;
  ifNoneMatch: string | null;
  /** Absolute base URL of the endpoint as the client knows it, without a slash at its end. */
  base: string;
  /** Which operation of a Bulk request; null outside of one. */
  bulkIndex: number | null;
}

export interface ScimAnswer {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: unknown;
}

/** What a change was about, for the log. */
export interface About {
  resourceType: "USER" | "GROUP";
  resourceId: string;
  externalId: string | null;
  userEmail: string | null;
  groupName: string | null;
  /** In words: "Okta deactivated bob@example.com". */
  intent: string;
  effects: Effect[];
}

/** `about` is null for a request that changes nothing. */
export interface Done {
  answer: ScimAnswer;
  about: About | null;
}

export interface Call {
  tx: ScimTransaction;
  client: ScimClient;
  request: ScimRequest;
}

export const answerOf = (
  status: number,
  body: unknown = null,
  headers: Record<string, string> = {},
): ScimAnswer => ({ status, body, headers });
