import * as z from "zod";
import { textUpTo } from "@/lib/kit/address-query";

const text = textUpTo(200);

/** What the user registry can be asked, as it stands in the URL. Anything odd means "no filter". */
export const userQuerySchema = z.object({
  /** Email or name. */
  q: text,
  seat: z.enum(["", "active", "inactive"]).default("").catch(""),
  /** Id of a login method. */
  method: text,
  /** Name of a group, exactly. */
  group: text,
  state: z.enum(["", "enabled", "disabled", "deactivated", "unclaimed"]).default("").catch(""),
  source: z.enum(["", "scim", "login"]).default("").catch(""),
  /** Cursor of the next page, as the page before gave it; it holds an email address. */
  after: textUpTo(1500),
});
export type UserQuery = z.output<typeof userQuerySchema>;

const NAMES = ["q", "seat", "method", "group", "state", "source", "after"] as const;

/** The registry with some of its query changed; empty values leave the address. */
export function usersHref(query: UserQuery, changes: Partial<UserQuery>): string {
  const all = { ...query, ...changes };
  const params = new URLSearchParams();
  for (const name of NAMES) if (all[name]) params.set(name, all[name]);
  return params.size > 0 ? `/team/users?${params}` : "/team/users";
}
