import type { Metadata } from "next";
import { cardGroups } from "@/components/login-methods/connector-cards";
import { ConnectorChooser } from "@/components/login-methods/connector-chooser";
import { PracticeValues } from "@/components/login-methods/practice-values";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { requireAdminPage } from "@/lib/admins/require-admin";
import { findConnector } from "@/lib/connectors";
import { practiceProviders } from "@/lib/team/store";

export const metadata: Metadata = { title: "Add a login method" };

interface Props {
  searchParams: Promise<{ search?: string | string[] }>;
}

export default async function ChooserPage({ searchParams }: Props) {
  await requireAdminPage();
  const { search } = await searchParams;
  const practice = await practiceProviders();
  return (
    <>
      <PageHeader
        title="Add a login method"
        description="Choose your identity provider. OpenID Connect works with any that has a discovery document."
        breadcrumbs={[
          { label: "Settings" },
          { label: "Authentication", href: "/settings/authentication" },
          { label: "Login methods", href: "/settings/authentication" },
          { label: "Add new" },
        ]}
      />
      <ConnectorChooser groups={cardGroups()} query={typeof search === "string" ? search : ""} />
      {practice.length > 0 && (
        <section aria-labelledby="practice" className="mt-8">
          <h2 id="practice" className="font-semibold text-base">
            Practice providers
          </h2>
          <p className="mb-3 max-w-prose text-muted">
            They run on this computer. Choose a type above, paste these values, and sign in as one
            of the people. The form shows the values of its type again.
          </p>
          <div className="grid items-start gap-4 lg:grid-cols-2">
            {practice.map((provider) => (
              <div key={provider.id}>
                <Card>
                  <PracticeValues
                    provider={provider}
                    fields={findConnector(provider.kind)?.fields ?? []}
                  />
                </Card>
              </div>
            ))}
          </div>
        </section>
      )}
    </>
  );
}
