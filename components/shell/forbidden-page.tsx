import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

/** Stands in the place of a page that the role of an admin does not reach. */
export function ForbiddenPage() {
  return (
    <>
      <title>Not allowed</title>
      <h1 className="sr-only">Not allowed</h1>
      <EmptyState
        title="Your role does not allow this"
        actions={<LinkButton href="/">Go to Overview</LinkButton>}
      >
        An owner can change your role at Settings &gt; Account.
      </EmptyState>
    </>
  );
}
