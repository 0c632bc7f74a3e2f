import Link from "next/link";
import type { AuditEntry } from "@/lib/audit/schema";
import { targetHref } from "@/lib/audit/words";

/** The object of a change, as a link where the console has a page for it. */
export function AuditTarget({ target: { type, id, name } }: Pick<AuditEntry, "target">) {
  const href = targetHref(type, id);
  if (!href) return <span className="min-w-0 break-words">{name}</span>;
  return (
    <Link href={href} className="min-w-0 break-words underline-offset-2 hover:underline">
      {name}
    </Link>
  );
}
