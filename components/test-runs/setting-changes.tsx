import type { SettingChange } from "@/lib/test-runs/compare/settings-changes";

/** Longer ones are told by their name alone; the result page has both values. */
const SHORT = 24;

function brief({ label, before, after }: SettingChange): string {
  if (before === null || after === null) return `${label} replaced`;
  const short = before.length <= SHORT && after.length <= SHORT;
  return short ? `${label} (${before} → ${after})` : label;
}

/** What changed, on one line. */
export function ChangesInBrief({ changes }: { changes: readonly SettingChange[] | null }) {
  if (changes === null) return <span className="text-muted">–</span>;
  if (changes.length === 0) return <span className="text-muted">Nothing</span>;
  return <span className="min-w-0 break-words">{changes.map(brief).join(", ")}</span>;
}

/** What changed, with both values. */
export function ChangesInFull({ changes }: { changes: readonly SettingChange[] }) {
  if (changes.length === 0) {
    return <p className="text-muted">The settings are the same, secrets included.</p>;
  }
  return (
    <dl className="divide-y divide-line">
      {changes.map(({ label, before, after }) => (
        <div
          key={label}
          className="grid gap-x-6 py-2 first:pt-0 last:pb-0 sm:grid-cols-[14rem_1fr]"
        >
          <dt className="font-medium">{label}</dt>
          <dd className="min-w-0 break-words">
            {before === null || after === null ? (
              "replaced"
            ) : (
              <>
                <span className="text-muted">
                  <span className="sr-only">from </span>
                  <del className="decoration-muted/60">{before}</del>
                </span>{" "}
                <span aria-hidden>→</span> <span className="sr-only">to</span>{" "}
                <ins className="no-underline">{after}</ins>
              </>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
