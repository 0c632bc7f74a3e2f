import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Time } from "@/components/ui/time";
import type { ScimState } from "@/lib/scim/health/schema";
import { scimLogOf } from "@/lib/scim/log/links";

/** What a login method's provider pushes, in a word or two. */
export function ScimCell({ id, state }: { id: string; state: ScimState | null }) {
  if (!state) return <span className="text-muted">Off</span>;
  if (state.failing) {
    return (
      <Link href={scimLogOf({ idp: id, status: "FAILURE" })} className="hover:underline">
        <Badge tone="danger">Error</Badge>
      </Link>
    );
  }
  if (!state.lastAt) return <Badge tone="info">Waiting for first request</Badge>;
  return (
    <span className="inline-flex flex-wrap items-center gap-x-1.5">
      <Badge tone="success">Active</Badge> <Time value={state.lastAt} />
    </span>
  );
}
