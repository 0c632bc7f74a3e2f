import Link from "next/link";
import { applicationPath } from "@/components/policies/policy-words";
import { Badge, type Tone } from "@/components/ui/badge";
import type { TestedPerson, TestedPlace } from "./subject";

const OPENS: Record<TestedPlace["now"], { tone: Tone; label: string; was: string }> = {
  yes: { tone: "success", label: "In", was: "got in" },
  no: { tone: "danger", label: "Out", was: "was refused" },
  maybe: { tone: "neutral", label: "Not certain", was: "was not certain" },
};

function PlaceLine({ place: { id, name, was, now, why } }: { place: TestedPlace }) {
  const { tone, label } = OPENS[now];
  return (
    <li className="min-w-0">
      <p className="flex flex-wrap items-center gap-2">
        <Link
          href={applicationPath(id)}
          className="flex min-h-6 min-w-0 items-center break-words font-medium hover:underline"
        >
          {name}
        </Link>
        <Badge tone={tone}>{label}</Badge>
        {was !== now && <span className="font-medium">Changes: {OPENS[was].was} before</span>}
      </p>
      <p className="break-words text-muted">{why}</p>
    </li>
  );
}

/** What the edit of a policy or an access group means for one person, wherever it counts. */
export function PersonPlaces({ answer: { places, placesInAll } }: { answer: TestedPerson }) {
  if (placesInAll === 0) {
    return <p className="text-muted">No application uses it, so it lets nobody in or out yet.</p>;
  }
  return (
    <section aria-label="In the applications that use it">
      <h3 className="mb-1.5 font-semibold">In the applications that use it</h3>
      <ul className="grid max-h-80 gap-2 overflow-y-auto">
        {places.map((place) => (
          <PlaceLine key={place.id} place={place} />
        ))}
      </ul>
      {placesInAll > places.length && (
        <p className="mt-2 text-muted">And {placesInAll - places.length} more.</p>
      )}
    </section>
  );
}
