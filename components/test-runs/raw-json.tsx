import { Card } from "@/components/ui/card";
import { JsonView } from "@/components/ui/json-view";
import { Tabs } from "@/components/ui/tabs";
import type { ClaimSets } from "@/lib/oidc/schema";

function Raw({ value, label }: { value: Record<string, unknown> | null; label: string }) {
  if (value) return <JsonView value={value} label={label} />;
  return <p className="text-muted">{label} did not come, or was not asked for.</p>;
}

/** What came back, as it came. The tokens themselves are never kept. */
export function RawJson({ claims }: { claims: ClaimSets }) {
  const parts = [
    { id: "payload", label: "ID token payload", value: claims.idTokenPayload },
    { id: "header", label: "ID token header", value: claims.idTokenHeader },
    { id: "userinfo", label: "User info", value: claims.userInfo },
    { id: "oidc-fields", label: "oidc_fields", value: claims.oidcFields },
  ];
  return (
    <Card title="Raw JSON" description="oidc_fields is what policies see.">
      <Tabs
        label="Raw JSON"
        tabs={parts.map(({ id, label, value }) => ({
          id,
          label,
          content: <Raw value={value} label={label} />,
        }))}
      />
    </Card>
  );
}
