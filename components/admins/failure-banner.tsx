import { Banner } from "@/components/ui/banner";
import type { Failure } from "@/lib/kit/result";

/** A failed action in words: what is wrong, and what to do. Nothing while there is none. */
export function FailureBanner({ failure }: { failure: Failure | null }) {
  if (!failure) return null;
  const field = Object.values(failure.fields ?? {})[0]?.[0];
  return (
    <Banner tone="danger" title={field && field !== failure.message ? field : failure.message}>
      {failure.fix}
    </Banner>
  );
}
