import { Badge } from "@/components/ui/badge";
import { CopyButton } from "@/components/ui/copy";
import { Disclosure } from "@/components/ui/disclosure";
import type { Connector, ConnectorField } from "@/lib/connectors/definition";
import type { PracticeProvider } from "@/lib/team/practice-schema";

function Value({ label, value, whose }: { label: string; value: string; whose: string }) {
  return (
    <div className="py-1.5">
      <p className="text-muted text-xs">{label}</p>
      <div className="flex flex-wrap items-center gap-2">
        <code className="min-w-0 flex-1 basis-40 break-all font-mono text-[0.8125rem]">
          {value}
        </code>
        <CopyButton value={value} what={`${label} of ${whose}`} />
      </div>
    </div>
  );
}

function Users({ users }: { users: PracticeProvider["users"] }) {
  return (
    <ul className="space-y-1.5">
      {users.map(({ login, password, note }) => (
        <li key={login}>
          <code className="break-all font-mono text-[0.8125rem]">{login}</code>, password{" "}
          <code className="break-all font-mono text-[0.8125rem]">{password}</code>
          <span className="block text-muted">{note}</span>
        </li>
      ))}
    </ul>
  );
}

interface PracticeValuesProps {
  provider: PracticeProvider;
  /** Of its type. */
  fields: readonly Pick<ConnectorField, "name" | "label">[];
}

/** The values of one practice provider, to paste into the form, and who can sign in there. */
export function PracticeValues({ provider, fields }: PracticeValuesProps) {
  const labelOf = (name: string) => fields.find((field) => field.name === name)?.label ?? name;
  return (
    <div>
      <p className="flex flex-wrap items-center gap-2 font-medium">
        {provider.label}
        <Badge tone="info">Practice</Badge>
      </p>
      {provider.note && <p className="mt-1 text-muted">{provider.note}</p>}
      <div className="mt-1 divide-y divide-line">
        {Object.entries(provider.fields).map(([name, value]) => (
          <Value key={name} label={labelOf(name)} value={value} whose={provider.label} />
        ))}
      </div>
      <Disclosure summary={`People who can sign in (${provider.users.length})`}>
        <Users users={provider.users} />
      </Disclosure>
      {provider.faults.length > 0 && (
        <p className="mt-2">
          <a
            href={`http://${provider.hostPort}/`}
            target="_blank"
            rel="noopener noreferrer"
            className="underline"
          >
            {provider.faults.length === 1 ? "1 way" : `${provider.faults.length} ways`} to misbehave
          </a>
          , {provider.faults.length > 1 && "each "}with an App ID to enter in place of this one, and
          with what a test says.
        </p>
      )}
    </div>
  );
}

/** The practice providers of one type, for the side of its form. */
export const practiceFor = (
  { kind, fields }: Pick<Connector, "kind" | "fields">,
  providers: readonly PracticeProvider[],
) =>
  providers
    .filter((provider) => provider.kind === kind)
    .map((provider) => (
      <div key={provider.id} className="border-line border-t pt-4">
        <PracticeValues provider={provider} fields={fields} />
      </div>
    ));
