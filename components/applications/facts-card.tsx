import { Card } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy";

export interface Fact {
  id: string;
  label: string;
  value: string;
  help?: string;
}

/** Values of an application to copy into something else. */
export function FactsCard({ title, facts }: { title: string; facts: readonly Fact[] }) {
  return (
    <Card title={title}>
      <dl className="grid gap-4">
        {facts.map(({ id, label, value, help }) => (
          <div key={id}>
            <dt className="font-medium">{label}</dt>
            <dd className="mt-1 flex flex-wrap items-center gap-2">
              <code id={id} className="min-w-0 break-all font-mono text-[0.8125rem]">
                {value}
              </code>
              <CopyButton value={value} what={label} targetId={id} size="sm" />
            </dd>
            {help && <dd className="mt-0.5 text-muted">{help}</dd>}
          </div>
        ))}
      </dl>
    </Card>
  );
}
