"use client";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { CopyField } from "@/components/ui/copy";
import { Time } from "@/components/ui/time";
import type { ScimSecret } from "@/lib/scim/secrets/schema";
import { HealthBox } from "./health-box";
import type { ScimPanelData } from "./panel-props";

const RegenerateDialog = dynamic(() =>
  import("./regenerate-dialog").then((module) => module.RegenerateDialog),
);
const ScimSecretDialog = dynamic(() =>
  import("./scim-secret-dialog").then((module) => module.ScimSecretDialog),
);
const SimulatedClientDialog = dynamic(() =>
  import("./simulated-client-dialog").then((module) => module.SimulatedClientDialog),
);

function Use({ secret: { lastUsedAt, lastUsedIp } }: { secret: ScimSecret }) {
  if (!lastUsedAt) return <>not used yet</>;
  return (
    <>
      last used <Time value={lastUsedAt} />
      {lastUsedIp && ` from ${lastUsedIp}`}
    </>
  );
}

function SecretLine({ secret }: { secret: ScimSecret }) {
  return (
    <li>
      {secret.expiresAt ? "The one before: created" : "Created"} <Time value={secret.createdAt} />{" "}
      by {secret.createdByName} ·{" "}
      {secret.expiresAt ? (
        <>
          ends <Time value={secret.expiresAt} />
        </>
      ) : (
        "never expires"
      )}{" "}
      · <Use secret={secret} />
    </li>
  );
}

interface ScimPanelProps extends ScimPanelData {
  loginMethod: { id: string; name: string; kind: string; enabled: boolean };
  readOnly: boolean;
}

/** Endpoint, secret and health of a login method whose SCIM is on. */
export function ScimPanel({ loginMethod, readOnly, ...panel }: ScimPanelProps) {
  const { endpoint, secrets, health, active, regenerate, check } = panel;
  const [asking, setAsking] = useState(false);
  const [checking, setChecking] = useState(false);
  const [made, setMade] = useState<string | null>(null);
  return (
    <>
      {!loginMethod.enabled && (
        <Banner tone="warning" title="SCIM requests are refused">
          {loginMethod.name} is disabled, so its SCIM Endpoint answers 401 to everything. Enable it
          to let your provider push again.
        </Banner>
      )}
      <CopyField
        id="scim-endpoint"
        label="SCIM Endpoint"
        value={endpoint}
        note="Base URL, tenant URL or connector URL in your provider."
      />
      <div>
        <p className="mb-1 font-medium">SCIM Secret</p>
        <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
          <ul className="min-w-0 text-muted">
            {secrets.map((secret) => (
              <SecretLine key={secret.id} secret={secret} />
            ))}
          </ul>
          {!readOnly && <Button onClick={() => setAsking(true)}>Regenerate Secret</Button>}
        </div>
      </div>
      <HealthBox id={loginMethod.id} health={health} />
      {!readOnly && (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <Button onClick={() => setChecking(true)}>Check this endpoint</Button>
          <span className="text-muted">
            Tries it as your provider would, before you set the provider up.
          </span>
        </div>
      )}
      {checking && (
        <SimulatedClientDialog {...{ loginMethod, check }} onClose={() => setChecking(false)} />
      )}
      {asking && (
        <RegenerateDialog
          {...{ loginMethod, active, regenerate }}
          onClose={() => setAsking(false)}
          onMade={(secret) => {
            setAsking(false);
            setMade(secret);
          }}
        />
      )}
      {made !== null && (
        <ScimSecretDialog
          loginMethod={loginMethod}
          credentials={{ endpoint, secret: made }}
          onClose={() => setMade(null)}
        />
      )}
    </>
  );
}
