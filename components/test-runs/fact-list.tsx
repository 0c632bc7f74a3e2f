import type { Fact } from "@/lib/oidc/schema";

/** Facts of the engine, each once: a step and its failure may name the same thing. */
export function FactList({ facts }: { facts: readonly Fact[] }) {
  const once = new Map(facts.map((fact) => [`${fact.label}\n${fact.value}`, fact]));
  return (
    <dl className="divide-y divide-line">
      {[...once].map(([key, { label, value }]) => (
        <div key={key} className="grid gap-x-6 py-2 first:pt-0 last:pb-0 sm:grid-cols-[12rem_1fr]">
          <dt className="text-muted">{label}</dt>
          <dd className="min-w-0 break-all font-mono text-[0.8125rem]">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
