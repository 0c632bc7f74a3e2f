import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

export function NotFoundPage() {
  return (
    <>
      <title>Page not found</title>
      <h1 className="sr-only">Page not found</h1>
      <EmptyState
        title="This page does not exist"
        actions={
          <LinkButton href="/" variant="primary">
            Go to Overview
          </LinkButton>
        }
      >
        What it showed may have been deleted, or the address is not complete.
      </EmptyState>
    </>
  );
}
