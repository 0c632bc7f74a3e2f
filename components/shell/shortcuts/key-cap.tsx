/** Keys as they stand on a keyboard; several are pressed one after the other, or together with Ctrl. */
export function Keys({ keys }: { keys: readonly string[] }) {
  return (
    <span className="inline-flex gap-1 whitespace-nowrap">
      {keys.map((key) => (
        <kbd
          key={key}
          className="inline-flex min-w-6 items-center justify-center rounded-sm border border-edge bg-sunken px-1.5 py-0.5 font-mono text-ink text-xs leading-4"
        >
          {key}
        </kbd>
      ))}
    </span>
  );
}
