import * as z from "zod";
import type { Explanation } from "../explanation";
import { parseAddress } from "../network";

/** What is tested: as it stands on the page, whether it is saved or not. */
export const testSubjectSchema = z.discriminatedUnion("type", [
  /** One policy with these rules, as `policyInputSchema` takes it. `id` is null for a new one. */
  z.object({ type: z.literal("policy"), id: z.uuid().nullable(), values: z.unknown() }),
  /** The policies of an application, in this order. `id` is null for a new one. */
  z.object({
    type: z.literal("application"),
    id: z.uuid().nullable(),
    policies: z.array(z.uuid()).max(500),
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

export interface TestedPerson {
  email: string;
  name: string | null;
  loginMethod: string;
  explanation: Explanation;
  /** What is worth knowing of the answer, such as an evaluation that was not asked. */
  notes: string[];
}

export interface TestedUser {
  id: string;
  email: string;
  name: string | null;
  /** The policy or the rule that decides now, in words. */
  why: string;
}

export interface TestedEveryone {
  total: number;
  allowed: number;
  gain: TestedUser[];
  lose: TestedUser[];
  /** All of them; the lists hold the first. */
  gains: number;
  losses: number;
  notes: string[];
}
