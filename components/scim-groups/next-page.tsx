import { LinkButton } from "@/components/ui/button";

interface NextPageProps {
  label: string;
  /** Null on the first page. */
  first: string | null;
  /** Null on the last page. */
  next: string | null;
}

export function NextPage({ label, first, next }: NextPageProps) {
  if (!first && !next) return null;
  return (
    <nav aria-label={label} className="mt-4 flex flex-wrap justify-between gap-2">
      {first ? <LinkButton href={first}>First page</LinkButton> : <span />}
      {next && <LinkButton href={next}>Next</LinkButton>}
    </nav>
  );
}
