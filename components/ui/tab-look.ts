import { classNames } from "./class-names";

export const TAB_LIST = "flex gap-5 overflow-x-auto border-line border-b";

export const tabClass = (current: boolean): string =>
  classNames(
    "-outline-offset-2 inline-block shrink-0 border-b-2 px-0.5 py-2 font-medium transition-colors",
    current
      ? "border-accent text-ink"
      : "border-transparent text-muted hover:border-control hover:text-ink",
  );
