import { Card } from "@/components/ui/card";
import { CopyField } from "@/components/ui/copy";

interface TeamDomainCardProps {
  teamDomain: string;
  callbackUrl: string;
}

export function TeamDomainCard({ teamDomain, callbackUrl }: TeamDomainCardProps) {
  return (
    <Card
      id="team-domain"
      title="Team domain"
      description="People sign in here, and providers call back here. AUTH_DOMAIN sets it."
    >
      <div className="space-y-5">
        <CopyField label="Team domain" value={teamDomain} />
        <CopyField
          id="callback-url"
          label="Callback URL"
          value={callbackUrl}
          note="Must match exactly - no slash at the end"
        />
      </div>
    </Card>
  );
}
