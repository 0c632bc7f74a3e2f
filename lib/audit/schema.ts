import * as z from "zod";
import { rowId, textUpTo } from "@/lib/kit/address-query";

/** One changed value. A secret stands as `set`, `changed` or `removed`, never as itself. */
export interface Change {
  /** Dotted path, such as `config.auth_url`. */
  path: string;
  before: unknown;
  after: unknown;
}

const text = textUpTo(200);

/** What the Admin log can be asked, as it stands in the URL. Anything odd means "no filter". */
export const auditQuerySchema = z.object({
  q: text,
  actor: text,
  action: text,
  /** Only entries older than this id: the cursor of the next page. */
  before: rowId,
  /** The entry that is open. */
  event: rowId,
});
export type AuditQuery = z.output<typeof auditQuerySchema>;

export interface AuditEntry {
  id: number;
  /** ISO 8601, UTC. */
  at: string;
  actorName: string;
  action: string;
  target: { type: string; id: string | null; name: string };
  changes: Change[];
  ip: string | null;
  door: string;
  requestId: string;
}

export interface AuditPage {
  entries: AuditEntry[];
  /** `before` of the next page, or null on the last one. */
  next: number | null;
}

/** What there is to filter by. */
export interface AuditFacets {
  actors: string[];
  actions: string[];
}
