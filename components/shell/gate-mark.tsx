/** The mark: a gatehouse with its passage open. Drawn in the current colour. */
export function GateMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" fill="none" aria-hidden="true" className={className}>
      <path
        fill="currentColor"
        fillRule="evenodd"
        d="M2 3h4v2h4V3h4v2h4V3h4v18h-6v-6a4 4 0 0 0-8 0v6H2V3Zm4 6v2h2V9H6Zm10 0v2h2V9h-2Z"
        clipRule="evenodd"
      />
    </svg>
  );
}
