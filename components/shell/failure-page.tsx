"use client";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy";
import { ForbiddenPage } from "./forbidden-page";

/** Set by `lib/admins/capability.ts`: production hides an error's text, not its digest. */
const FORBIDDEN = "GATEHOUSE_FORBIDDEN";

const digestOf = (error: unknown): string | null =>
  error instanceof Error && "digest" in error && typeof error.digest === "string"
    ? error.digest
    : null;

/** What stands in the place of a page that could not be made. */
export function FailurePage({ error, retry }: { error: unknown; retry: () => void }) {
  const reference = digestOf(error);
  if (reference === FORBIDDEN) return <ForbiddenPage />;
  return (
    <div role="alert" className="rounded-lg border border-line bg-surface p-6 shadow-raised">
      <title>Error: Gatehouse</title>
      <h1 className="font-semibold text-xl leading-7">Gatehouse could not show this page</h1>
      <p className="mt-1 max-w-prose text-muted">
        Nothing was changed. Try again; if it happens again, look for the reference in the server
        log, which says what went wrong.
      </p>
      {reference && (
        <p className="mt-4 flex flex-wrap items-center gap-3">
          <span>
            Reference{" "}
            <code id="failure-reference" className="font-mono">
              {reference}
            </code>
          </span>
          <CopyButton value={reference} what="reference" targetId="failure-reference" size="sm" />
        </p>
      )}
      <div className="mt-5">
        <Button variant="primary" onClick={retry}>
          Retry
        </Button>
      </div>
    </div>
  );
}
