import { Skeleton } from "@/components/ui/skeleton";

/** The shape of a page with a table, for one that reads much. Not shown in the first 200 ms. */
export function PageSkeleton() {
  return (
    <div aria-busy="true" className="appear-late">
      <p role="status" className="sr-only">
        Loading
      </p>
      <Skeleton className="mb-2 h-8 w-56" />
      <Skeleton className="mb-6 h-5 w-80 max-w-full" />
      <Skeleton className="mb-5 h-9" />
      <Skeleton className="h-96" />
    </div>
  );
}
