import * as z from "zod";
import { textUpTo } from "@/lib/kit/address-query";

/** What the list can be asked, as it stands in the URL. Anything odd means "no filter". */
export const applicationQuerySchema = z.object({
  /** Part of a name or a public hostname. */
  q: textUpTo(200),
  /** A tag, exactly. */
  tag: textUpTo(100),
  state: z.enum(["", "enabled", "disabled"]).default("").catch(""),
  /** Name of the last application on the page before. */
  after: textUpTo(400),
});
export type ApplicationQuery = z.output<typeof applicationQuerySchema>;

const NAMES = ["q", "tag", "state", "after"] as const;

/** The list with some of its query changed; empty values leave the address. */
export function applicationsHref(
  query: ApplicationQuery,
  changes: Partial<ApplicationQuery>,
): string {
  const all = { ...query, ...changes };
  const params = new URLSearchParams();
  for (const name of NAMES) if (all[name]) params.set(name, all[name]);
  return params.size > 0 ? `/access/applications?${params}` : "/access/applications";
}
