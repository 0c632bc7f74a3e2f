import * as z from "zod";

export const PROFILE_IDS = ["rfc", "okta", "entra", "entra-compliant", "authentik"] as const;
export type ProfileId = (typeof PROFILE_IDS)[number];

/** What a provider is called where an admin chooses one. */
export const SHAPES: Record<ProfileId, string> = {
  okta: "Okta",
  entra: "Microsoft Entra ID",
  "entra-compliant": "Microsoft Entra ID with aadOptscim062020",
  authentik: "authentik",
  rfc: "Another provider (RFC 7644)",
};

export const checkEndpointSchema = z.strictObject({
  loginMethodId: z.uuid(),
  profile: z.enum(PROFILE_IDS),
});

/** One request as a provider sends it, and what it expects, as data. `{{name}}` stands for a variable. */
export interface Step {
  title: string;
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** From the SCIM Endpoint on. */
  path: string;
  query?: Readonly<Record<string, string>>;
  headers?: Readonly<Record<string, string>>;
  /** JSON; a text is sent as it is. */
  body?: unknown;
  /** Any of them. */
  status: readonly number[];
  /** All of them. */
  checks?: readonly Check[];
  /** What the two above say, in words. */
  expected: string;
  /** Variables that the answer brings, by the place of their value in it. */
  keep?: Readonly<Record<string, string>>;
}

/** What the body of an answer must say at a place such as `Resources[0].name.familyName`. */
export type Check =
  | { at: string; is: unknown }
  | { at: string; present: boolean }
  /** A list with this element, or with one whose `value` it is. */
  | { at: string; has: unknown }
  | { at: string; lacks: unknown }
  | { header: string; is: string };

export type Variables = Readonly<Record<string, string>>;

/** A client in the shape of a provider. */
export interface Profile {
  id: string;
  name: string;
  userAgent: string;
  /** Where the provider tells how it behaves. */
  source: string;
  contentType?: string;
  steps: readonly Step[];
}

/** A request without what proves who sends it: reports hold it. */
export interface SentRequest {
  method: string;
  /** From the SCIM Endpoint on, encoded. */
  path: string;
  headers: Readonly<Record<string, string>>;
  body: string | null;
}

export interface Answer {
  status: number;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  text: string;
}

/** Sends a request to the SCIM Endpoint, with the secret. Throws where nothing answers. */
export type Send = (request: SentRequest) => Promise<Answer>;

export interface StepReport {
  title: string;
  request: SentRequest;
  /** Null where nothing answered, or nothing was sent. */
  answer: Answer | null;
  outcome: "passed" | "failed" | "skipped";
  expected: string;
  /** What was otherwise than expected. */
  found: string | null;
  /** What to do. */
  advice: string | null;
}

export interface Report {
  profile: { id: string; name: string };
  passed: boolean;
  steps: readonly StepReport[];
}

/** A report on this installation's own endpoint, as the console shows it. */
export interface EndpointReport extends Report {
  /** Origin that the requests went to. */
  origin: string;
  /** The public one, where it was not reached from here; null where it was. */
  unreached: string | null;
}
