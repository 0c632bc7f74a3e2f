import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { clockWords, MAX_CLOCK_SKEW } from "@/lib/team/clock";
import type { SystemHealth } from "@/lib/team/schema";

function Clock({ ahead }: { ahead: number | null }) {
  if (ahead === null) return <Badge tone="warning">The database did not say</Badge>;
  if (Math.abs(ahead) < MAX_CLOCK_SKEW) return clockWords(ahead);
  return (
    <>
      <Badge tone="warning">Off by {Math.round(Math.abs(ahead))} s</Badge>
      <p className="mt-1 text-muted">
        {clockWords(ahead)} Turn on time synchronisation on both machines: sign-ins fail when clocks
        disagree.
      </p>
    </>
  );
}

function Database({ database }: Pick<SystemHealth, "database">) {
  const where = database.kind === "embedded" ? "embedded in DATA_DIR" : "from DATABASE_URL";
  return (
    <span className="flex flex-wrap items-center gap-2">
      PostgreSQL {database.version}, {where}
      {database.ok ? (
        <Badge tone="success">Answers</Badge>
      ) : (
        <Badge tone="danger">{database.error ?? "Does not answer"}</Badge>
      )}
    </span>
  );
}

function OutboundProxy({ proxy: { https, http, noProxy } }: Pick<SystemHealth, "proxy">) {
  if (!https && !http) return "None: requests leave this server directly";
  const words =
    https === http ? https : `${https ?? "None"} for https, ${http ?? "none"} for http addresses`;
  return (
    <>
      {words}
      {noProxy.length > 0 && (
        <p className="mt-1 break-words text-muted">Not for {noProxy.join(", ")} (NO_PROXY)</p>
      )}
    </>
  );
}

export function HealthCard({ health }: { health: SystemHealth }) {
  return (
    <Card title="Health">
      <DescriptionList
        items={[
          { term: "Gatehouse", value: health.gatehouse },
          { term: "Node.js", value: health.node },
          { term: "Database", value: <Database database={health.database} /> },
          { term: "Outbound proxy", value: <OutboundProxy proxy={health.proxy} /> },
          { term: "Clock", value: <Clock ahead={health.clockAhead} /> },
        ]}
      />
    </Card>
  );
}
