import type { ReactNode } from "react";
import { Disclosure } from "@/components/ui/disclosure";
import { Cell, Row, Table } from "@/components/ui/table";
import type { ClaimSource, Identity } from "@/lib/oidc/schema";
import { ClaimValues } from "./claim-values";
import { SOURCES } from "./sources";

interface Sourced<T> {
  value: T;
  source: ClaimSource;
  claim: string;
}

const origin = ({ source, claim }: Sourced<unknown>): ReactNode => (
  <>
    {SOURCES[source]}, <code className="font-mono text-[0.8125rem]">{claim}</code>
  </>
);

const MOST_SHOWN = 3;

function Several({ values }: { values: readonly string[] }) {
  if (values.length === 0) return <span className="text-muted">none</span>;
  const list = (
    <ul className="grid gap-1">
      {values.map((value, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a provider may send a value twice
        <li key={index} className="break-all">
          {value}
        </li>
      ))}
    </ul>
  );
  if (values.length <= MOST_SHOWN) return list;
  return <Disclosure summary={`${values.length} values`}>{list}</Disclosure>;
}

function IdentityRow({ name, value, from }: { name: string; value: ReactNode; from: ReactNode }) {
  return (
    <Row>
      <Cell className="w-44 font-medium">{name}</Cell>
      <Cell label="Value">
        <span className="min-w-0 break-all">{value}</span>
      </Cell>
      <Cell label="Source" className="text-muted @4xl:w-56">
        <span>{from}</span>
      </Cell>
    </Row>
  );
}

const absent = <span className="text-muted">did not come</span>;

/** Who the provider says this is, and where each value was read. */
export function IdentityTable({ identity, provider }: { identity: Identity; provider: string }) {
  const { sub, email, name, groups, amr } = identity;
  const text = (found: Sourced<string> | null) => ({
    value: found ? found.value : absent,
    from: found ? origin(found) : "",
  });
  const list = (found: Sourced<string[]> | null) => ({
    value: found ? <Several values={found.value} /> : absent,
    from: found ? origin(found) : "",
  });
  return (
    <section>
      <h2 className="mb-2 font-semibold text-base leading-6">Identity</h2>
      <Table label="Identity" columns={["Name", "Value", "Source"]}>
        <IdentityRow name="Email" {...text(email)} />
        <IdentityRow name="Name" {...text(name)} />
        <IdentityRow name="User ID (sub)" {...text(sub)} />
        <IdentityRow name="Groups" {...list(groups)} />
        <IdentityRow name="AMR" {...list(amr)} />
        <IdentityRow name="IdP" value={provider} from="This login method" />
        {identity.custom.map((claim) => (
          <IdentityRow
            key={claim.name}
            name={claim.name}
            value={<ClaimValues claim={claim.name} values={claim.values} note={claim.note} />}
            from={`${SOURCES[claim.source]}, custom claim`}
          />
        ))}
      </Table>
    </section>
  );
}
