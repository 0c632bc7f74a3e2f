import * as z from "zod";
import { textUpTo } from "@/lib/kit/address-query";

/** What the list of pushed groups can be asked, as it stands in the URL. */
export const scimGroupQuerySchema = z.object({
  q: textUpTo(200),
  /** Id of a login method. */
  method: textUpTo(200),
  /** Cursor of the next page, as the page before gave it. */
  after: textUpTo(3000),
});
export type ScimGroupQuery = z.output<typeof scimGroupQuerySchema>;

export const scimMemberQuerySchema = z.object({ q: textUpTo(200), after: textUpTo(3000) });
export type ScimMemberQuery = z.output<typeof scimMemberQuerySchema>;

/** A policy or an access group that names a pushed group in a rule. */
export interface NamedBy {
  type: "policy" | "rule_group";
  id: string;
  name: string;
}

export interface PushedGroup {
  id: string;
  name: string;
  loginMethod: { id: string; name: string };
  externalId: string | null;
  members: number;
  usedBy: NamedBy[];
  /** ISO 8601, UTC. */
  createdAt: string;
  updatedAt: string;
}

export interface PushedMember {
  id: string;
  userName: string;
  active: boolean;
  /** The person in the registry. */
  userId: string | null;
}

export interface Page<T> {
  items: T[];
  /** `after` of the next page, or null on the last one. */
  next: string | null;
}
