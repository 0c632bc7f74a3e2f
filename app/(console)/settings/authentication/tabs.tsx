import { PageHeader } from "@/components/ui/page-header";
import { LinkTabs } from "@/components/ui/tabs";

const TABS = [
  { label: "Login methods", href: "/settings/authentication" },
  { label: "Global session", href: "/settings/authentication/global-session" },
];

/** The head of the pages under Settings > Authentication. */
export function AuthenticationHead({ current }: { current: string }) {
  return (
    <>
      <PageHeader
        title="Authentication"
        description="How people prove who they are, and for how long."
        breadcrumbs={[{ label: "Settings" }, { label: "Authentication" }]}
      />
      <LinkTabs
        label="Authentication"
        tabs={TABS.map((tab) => ({ ...tab, current: tab.label === current }))}
      />
    </>
  );
}
