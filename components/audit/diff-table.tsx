import type { Change } from "@/lib/audit/schema";

const isNothing = (value: unknown): boolean =>
  value === null || value === undefined || value === "";

function Value({ value, sign }: { value: unknown; sign: "−" | "+" }) {
  if (isNothing(value)) return <span className="text-muted">nothing</span>;
  const text = typeof value === "string" ? value : JSON.stringify(value, null, 2);
  const look = sign === "+" ? "bg-success-soft" : "bg-danger-soft";
  return (
    <code
      className={`block whitespace-pre-wrap break-all rounded-sm px-2 py-1 font-mono text-xs ${look}`}
    >
      <span aria-hidden>{sign} </span>
      {text}
    </code>
  );
}

/** What a change replaced: one row per value, by its path. */
export function DiffTable({ changes }: { changes: Change[] }) {
  return (
    <div className="overflow-hidden rounded-md border border-line">
      <table className="w-full table-fixed border-collapse text-left max-sm:block">
        <caption className="sr-only">Values before and after</caption>
        <thead className="border-line border-b bg-sunken/60 text-muted text-xs max-sm:sr-only">
          <tr>
            {["Value", "Before", "After"].map((heading) => (
              <th key={heading} scope="col" className="px-3 py-2 font-medium">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line max-sm:block">
          {changes.map(({ path, before, after }) => (
            <tr key={path} className="align-top max-sm:block max-sm:space-y-1 max-sm:p-2">
              <th
                scope="row"
                className="break-all px-3 py-2 font-mono font-normal text-xs max-sm:block"
              >
                {path}
              </th>
              <td className="px-3 py-2 max-sm:block max-sm:py-0">
                <Value value={before} sign="−" />
              </td>
              <td className="px-3 py-2 max-sm:block max-sm:py-0">
                <Value value={after} sign="+" />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
