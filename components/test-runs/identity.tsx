import type { ReactNode } from "react";
import { LinkButton } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Disclosure } from "@/components/ui/disclosure";
import { Cell, Row, Table } from "@/components/ui/table";
import type { ClaimSource, Identity } from "@/lib/oidc/schema";
import { ClaimValues } from "./claim-values";
import { fieldPath } from "./words";

const SOURCES: Record<ClaimSource, string> = {
  id_token: "ID token",
  user_info: "User info",
  groups_api: "Groups API",
};

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

/** Saved claims that stayed away, and claims that came without being saved. */
export function ClaimsCompared({
  identity,
  loginMethodId,
}: {
  identity: Identity;
  loginMethodId: string;
}) {
  const { missing, unsaved } = identity;
  const toClaims = (
    <LinkButton href={fieldPath(loginMethodId, "claims")}>Go to OIDC Claims</LinkButton>
  );
  return (
    <>
      {missing.length > 0 && (
        <Card
          title="Saved claims that did not come"
          description="Policies cannot match these for this person."
          actions={toClaims}
        >
          <ul className="grid gap-3">
            {missing.map(({ name, reason }) => (
              <li key={name}>
                <code className="font-mono font-semibold">{name}</code>
                <span className="block break-words text-muted">{reason}</span>
              </li>
            ))}
          </ul>
        </Card>
      )}
      {unsaved.length > 0 && (
        <Card
          title="Came back, but not saved"
          description="To use one of these in policies, add its name to OIDC Claims."
          actions={missing.length === 0 && toClaims}
        >
          <ul className="grid gap-3">
            {unsaved.map((claim) => (
              <li key={claim.name} className="grid gap-1 sm:grid-cols-[12rem_minmax(0,1fr)]">
                <span className="min-w-0 break-all">
                  <code className="font-mono font-semibold">{claim.name}</code>
                  <span className="block text-muted text-xs">
                    {claim.type}, {SOURCES[claim.source]}
                  </span>
                </span>
                <ClaimValues claim={claim.name} values={claim.values} note={claim.note} />
              </li>
            ))}
          </ul>
        </Card>
      )}
    </>
  );
}
