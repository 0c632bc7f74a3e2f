import { Card } from "@/components/ui/card";
import { Tabs } from "@/components/ui/tabs";
import type { ClaimSets } from "@/lib/oidc/schema";
import type { TestRun } from "@/lib/test-runs/schema";
import { getIdentityPreview } from "./get-identity";
import { JsonTab } from "./json-tab";

function Raw(props: { value: Record<string, unknown> | null; label: string; fileName: string }) {
  const { value, label, fileName } = props;
  if (value) return <JsonTab value={value} label={label} fileName={fileName} />;
  return <p className="text-muted">{label} did not come, or was not asked for.</p>;
}

/** What came back, as it came. The tokens themselves are never kept. */
export function RawJson({ claims, run }: { claims: ClaimSets; run: TestRun }) {
  const identity = "identity" in run ? run.identity : null;
  const parts = [
    { id: "payload", label: "ID token payload", value: claims.idTokenPayload },
    { id: "header", label: "ID token header", value: claims.idTokenHeader },
    { id: "userinfo", label: "User info", value: claims.userInfo },
    { id: "oidc-fields", label: "oidc_fields", value: claims.oidcFields },
    {
      id: "get-identity",
      label: "get-identity",
      value: identity && getIdentityPreview(run, identity),
    },
  ];
  return (
    <Card
      title="Raw JSON"
      description="oidc_fields is what policies see; get-identity is what applications are told, as far as a test can know it."
    >
      <Tabs
        label="Raw JSON"
        tabs={parts.map(({ id, label, value }) => ({
          id,
          label,
          content: <Raw value={value} label={label} fileName={`${id}-${run.id.slice(0, 8)}`} />,
        }))}
      />
    </Card>
  );
}
