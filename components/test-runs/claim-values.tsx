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

interface ClaimValuesProps {
  claim: string;
  values: readonly ClaimValue[];
  /** Why some values are not here. */
  note: string | undefined;
}

/** The separate values of a claim: each line is something that a policy can match. */
export function ClaimValues({ claim, values, note }: ClaimValuesProps) {
  if (values.length === 0)
    return <span className="text-muted">{note ?? "empty: there is nothing to match"}</span>;
  const list = <Values claim={claim} values={values} />;
  return (
    <>
      {values.length <= MOST_SHOWN ? (
        list
      ) : (
        <Disclosure summary={`${values.length} values`}>{list}</Disclosure>
      )}
      {note && <p className="mt-1 text-muted">{note}</p>}
    </>
  );
}
