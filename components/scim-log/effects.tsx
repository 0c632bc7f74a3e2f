import Link from "next/link";
import { effectWords } from "@/lib/scim/log/words";
import type { Effect } from "@/lib/scim/schema";

/** What a push did to people, or would do, in words. */
export function Effects({ effects, none }: { effects: readonly Effect[]; none: string }) {
  if (effects.length === 0) return <p className="text-muted">{none}</p>;
  return (
    <ul className="list-disc space-y-1 pl-5">
      {effects.map((effect, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes, and two may be alike
        <li key={at} className="break-words">
          {effectWords(effect)}
          {effect.userId && (
            <>
              {" "}
              <Link
                href={`/team/users/${effect.userId}/identity`}
                className="text-accent underline underline-offset-2"
              >
                See the user
              </Link>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}
