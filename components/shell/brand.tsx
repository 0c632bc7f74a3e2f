import Link from "next/link";
import { GateMark } from "./gate-mark";
import { TeamName } from "./team-name";

/** The mark on its tile. */
export function MarkTile() {
  return (
    <span className="inline-flex size-8 shrink-0 items-center justify-center rounded-md bg-accent text-on-accent">
      <GateMark className="size-5" />
    </span>
  );
}

export function Brand({ teamName }: { teamName: string | null }) {
  return (
    <div className="flex items-center gap-2.5">
      <MarkTile />
      <div className="min-w-0 leading-5">
        <Link href="/" className="block min-h-6 rounded-sm font-semibold leading-6">
          Gatehouse
        </Link>
        {teamName && <TeamName name={teamName} />}
      </div>
    </div>
  );
}
