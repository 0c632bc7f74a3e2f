import * as z from "zod";
import type { Explanation } from "../explanation";
import { parseAddress } from "../network";
import type { Admission, Opens } from "./admission";

/** What is tested: as it stands on the page, whether it is saved or not. */
export const testSubjectSchema = z.discriminatedUnion("type", [
  /** One policy with these rules, as `policyInputSchema` takes it. `id` is null for a new one. */
  z.object({ type: z.literal("policy"), id: z.uuid().nullable(), values: z.unknown() }),
  /** One access group, as `ruleGroupInputSchema` takes it. `id` is null for a new one. */
  z.object({ type: z.literal("rule_group"), id: z.uuid().nullable(), values: z.unknown() }),
  /** An application with these policies, in this order. `id` is null for a new one. */
  z.object({
    type: z.literal("application"),
    id: z.uuid().nullable(),
    policies: z.array(z.uuid()).max(500),
    /** Login methods that people may use there; empty means all enabled ones. */
    allowed_idps: z.array(z.uuid()).max(200),
  }),
]);
export type TestSubject = z.output<typeof testSubjectSchema>;

const whoSchema = z.discriminatedUnion("by", [
  z.object({ by: z.literal("user"), userId: z.uuid() }),
  /** `claims` is the text of a JSON object. */
  z.object({
    by: z.literal("claims"),
    loginMethodId: z.uuid(),
    claims: z.string().max(100_000, "Use at most 100,000 characters"),
  }),
  z.object({ by: z.literal("run"), runId: z.uuid() }),
  /** The identity that an entry of the Access log judged. */
  z.object({ by: z.literal("entry"), entryId: z.number().int().positive() }),
]);
export type TestWho = z.output<typeof whoSchema>;

/** Where from; null means that it is not known. */
const placeSchema = z.object({
  ip: z
    .string()
    .trim()
    .refine(
      (text) => text === "" || parseAddress(text) !== null,
      "Enter an IP address, like 192.0.2.7",
    )
    .transform((text) => text || null),
  country: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^([A-Z]{2})?$/, "Use a two-letter country code, such as NZ")
    .transform((text) => text || null),
});
export type TestPlace = z.output<typeof placeSchema>;

export const testPersonSchema = z.object({
  subject: testSubjectSchema,
  who: whoSchema,
  place: placeSchema,
});
export const testEveryoneSchema = z.object({ subject: testSubjectSchema });
export const searchUsersSchema = z.object({ q: z.string().trim().min(1).max(200) });

/** What an application that uses the tested policy or access group makes of one person. */
export interface TestedPlace {
  id: string;
  name: string;
  /** With what is saved. */
  was: Opens;
  /** With what stands on the page. */
  now: Opens;
  /** The bar, the policy or the rule that decides now, in words. */
  why: string;
}

export interface TestedPerson {
  email: string;
  name: string | null;
  loginMethod: string;
  /** Of the policies alone. */
  explanation: Explanation;
  /** Of an application: what keeps them out whatever its policies say, and what comes of both. */
  admission: Admission | null;
  /** Where a policy or an access group counts: what changes first. */
  places: TestedPlace[];
  /** All of them; the list holds the first. */
  placesInAll: number;
  /** What is worth knowing of the answer, such as an evaluation that was not asked. */
  notes: string[];
}

/** An entry of the Access log that the tester opens with. */
export interface TestedEntry {
  id: number;
  ref: string;
  email: string;
  loginMethod: string;
  /** ISO 8601, UTC. */
  at: string;
  ip: string | null;
  country: string | null;
}

export interface TestedUser {
  id: string;
  email: string;
  name: string | null;
  /** What decides now, in words. */
  why: string;
}

/** People on one side before the edit and on the other after it. The lists hold the first. */
export interface Difference {
  gains: number;
  losses: number;
  gain: TestedUser[];
  lose: TestedUser[];
}

export interface TestedEveryone {
  total: number;
  /** Whom the rules match, or whom the application lets in, by what stands on the page. */
  count: number;
  /** People who gain or lose access to at least one application. */
  gains: number;
  losses: number;
  /** Whom the rules of the policy or access group match; null for an application. */
  matched: Difference | null;
  /** Applications that the edit counts in. */
  applications: number;
  /** Those where somebody gains or loses, most first; a tested application always. */
  changes: (Difference & { id: string; name: string })[];
  /** Further ones that the list does not hold. */
  moreChanges: number;
  notes: string[];
}
