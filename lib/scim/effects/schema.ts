import type { Scim } from "@/lib/login-methods/schema";
import type { ScimAttributes } from "../schema";

/** A person of the registry as their login method pushes them. */
export interface PushedPerson {
  /** Id of the resource. */
  id: string;
  userName: string;
  externalId: string | null;
  active: boolean;
  /** ISO 8601, UTC: when the resource last changed. */
  updatedAt: string;
  attributes: ScimAttributes;
  groups: { id: string; name: string }[];
}

/** What the provider would do to a person by deactivating them now. */
export interface DeprovisionPreview {
  loginMethod: { id: string; name: string };
  settings: Scim;
  /** Null when the provider does not push this person. */
  pushed: PushedPerson | null;
  /** Registry users whom it reaches beside this one: under the same subject or name. */
  others: { id: string; email: string }[];
  sessions: number;
  /** Sessions by application, most first; one session may be open at several. */
  applications: { id: string; name: string; sessions: number }[];
  seats: number;
}
