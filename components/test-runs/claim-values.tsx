import { Disclosure } from "@/components/ui/disclosure";
import type { ClaimValue } from "@/lib/oidc/schema";

const MOST_SHOWN = 6;

function Values({ claim, values }: { claim: string; values: readonly ClaimValue[] }) {
  return (
    <ul className="grid gap-1">
      {values.map(({ path, value }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a provider may send a value twice
        <li key={index} className="break-all">
          {path && (
            <span className="mr-1.5 text-muted">
              {claim}.{path}
            </span>
          )}
          <code className="rounded-sm bg-sunken px-1 py-0.5 font-mono text-[0.8125rem]">
            {value}
          </code>
        </li>
      ))}
    </ul>
  );
}

/** The separate values of a claim: each line is something that a policy can match. */
export function ClaimValues({ claim, values }: { claim: string; values: readonly ClaimValue[] }) {
  if (values.length === 0)
    return <span className="text-muted">empty: there is nothing to match</span>;
  if (values.length <= MOST_SHOWN) return <Values claim={claim} values={values} />;
  return (
    <Disclosure summary={`${values.length} values`}>
      <Values claim={claim} values={values} />
    </Disclosure>
  );
}
