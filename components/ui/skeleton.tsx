import { classNames } from "./class-names";

/** A still grey shape where content will be; give it the height of what it stands for. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={classNames("rounded-md bg-sunken", className)} />;
}
