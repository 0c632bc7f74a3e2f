import { namingPath } from "@/components/policies/policy-words";
import { UsedBy } from "@/components/policies/used-by";
import { Badge } from "@/components/ui/badge";
import { CopyButton } from "@/components/ui/copy";
import { Cell, Row, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { TokenMenu } from "./token-actions";
import { STATES, type TokenActions, type TokenItem } from "./words";

const COLUMNS = ["Name", "Client ID", "Expires", "Last used", "Status", "Used by", ""];

function ClientId({ token }: { token: TokenItem }) {
  const target = `client-${token.id}`;
  return (
    <span className="flex min-w-0 flex-wrap items-center gap-2">
      <code
        id={target}
        className="max-w-44 truncate font-mono text-[0.8125rem]"
        title={token.clientId}
      >
        {token.clientId}
      </code>
      <CopyButton
        value={token.clientId}
        what={`client ID of ${token.name}`}
        targetId={target}
        size="sm"
      />
    </span>
  );
}

function LastUsed({ lastUsedAt, lastUsedIp }: TokenItem) {
  if (!lastUsedAt) return <span className="text-muted">Never</span>;
  return (
    <span>
      <Time value={lastUsedAt} />
      {lastUsedIp && <span className="block text-muted text-xs">{lastUsedIp}</span>}
    </span>
  );
}

/** Whether some program still has the secret from before the rotation. */
function OldSecret({ endsAt, usedAt }: { endsAt: string; usedAt: string | null }) {
  return (
    <span className="block text-muted text-xs">
      Old secret ends <Time value={endsAt} />,{" "}
      {usedAt ? (
        <>
          last used <Time value={usedAt} />
        </>
      ) : (
        "not used since the rotation"
      )}
    </span>
  );
}

function TokenRow({ token, actions }: { token: TokenItem; actions: TokenActions | null }) {
  const { tone, label } = STATES[token.state];
  return (
    <Row>
      <Cell>
        <span className="min-w-0 break-words font-medium">{token.name}</span>
      </Cell>
      <Cell label="Client ID">
        <ClientId token={token} />
      </Cell>
      <Cell label="Expires">
        {token.expiresAt ? (
          <Time value={token.expiresAt} />
        ) : (
          <span className="text-muted">Never</span>
        )}
      </Cell>
      <Cell label="Last used">
        <LastUsed {...token} />
      </Cell>
      <Cell label="Status">
        <span>
          <Badge tone={tone}>{label}</Badge>
          {token.previousExpiresAt && (
            <OldSecret endsAt={token.previousExpiresAt} usedAt={token.previousLastUsedAt} />
          )}
        </span>
      </Cell>
      <Cell label="Used by">
        <UsedBy
          users={token.usedBy.map((user) => ({ ...user, href: namingPath(user) }))}
          none="No policy names it"
        />
      </Cell>
      <Cell>{actions && <TokenMenu token={token} actions={actions} />}</Cell>
    </Row>
  );
}

interface TokenTableProps {
  tokens: readonly TokenItem[];
  /** Null for those who may only read. */
  actions: TokenActions | null;
}

export function TokenTable({ tokens, actions }: TokenTableProps) {
  return (
    <Table label="Service tokens" columns={COLUMNS}>
      {tokens.map((token) => (
        <TokenRow key={token.id} token={token} actions={actions} />
      ))}
    </Table>
  );
}
