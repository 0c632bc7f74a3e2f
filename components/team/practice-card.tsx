import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import type { PracticeProvider } from "@/lib/team/practice-schema";

export function PracticeCard({ providers }: { providers: PracticeProvider[] }) {
  return (
    <Card
      title="Practice providers"
      description="They run beside Gatehouse to try things out, and may be called although they are local. Their values to paste stand in the forms of Login methods."
    >
      <DescriptionList
        items={providers.map(({ label, hostPort }) => ({
          term: label,
          value: <code className="font-mono">{hostPort}</code>,
        }))}
      />
    </Card>
  );
}
