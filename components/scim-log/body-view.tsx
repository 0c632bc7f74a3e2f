import { JsonView } from "@/components/ui/json-view";

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A body as the log keeps it: JSON, or text where it was cut or was none. */
export function BodyView({ label, body }: { label: string; body: string | null }) {
  if (body === null) return <p className="text-muted">{label}: none.</p>;
  const value = jsonOf(body);
  if (value !== undefined) return <JsonView label={label} value={value} />;
  return (
    <figure>
      <figcaption className="mb-1 font-medium">{label}, as text</figcaption>
      <pre className="max-h-96 overflow-auto whitespace-pre-wrap break-all rounded-md border border-line bg-sunken p-3 font-mono text-[0.8125rem] leading-5">
        {body}
      </pre>
    </figure>
  );
}
