import { AnchorButton } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { CopyField } from "@/components/ui/copy";

interface PageCardsProps {
  organization: string;
  templates: number;
  launcherUrl: string;
}

const count = (templates: number): string =>
  templates === 1 ? "1 page template." : `${templates || "No"} page templates.`;

/**
 * What else belongs to the pages that people see. The editors are opened by their own address: only
 * there does the console's policy allow the frame of the preview.
 */
export function PageCards({ organization, templates, launcherUrl }: PageCardsProps) {
  return (
    <>
      <Card
        id="login-page"
        title="Access login page"
        description="Organization name, logo, texts and colours of the pages that people see, with a live preview."
        actions={
          <AnchorButton href="/settings/custom-pages/login">
            Manage<span className="sr-only"> Access login page</span>
          </AnchorButton>
        }
      >
        <p>
          People read <strong>{organization}</strong> at the top.
        </p>
      </Card>
      <Card
        id="templates"
        title="Access Custom Pages"
        description="Block pages of your own HTML. Each application chooses which one it shows."
        actions={
          <AnchorButton href="/settings/custom-pages/templates">
            Manage<span className="sr-only"> Access Custom Pages</span>
          </AnchorButton>
        }
      >
        <p>{count(templates)}</p>
      </Card>
      <Card
        id="app-launcher"
        title="App Launcher"
        description="One page with every application that a person may open. An application's own settings say whether it is there."
        actions={
          <AnchorButton href={launcherUrl} target="_blank" rel="noreferrer">
            Open<span className="sr-only"> App Launcher in a new tab</span>
          </AnchorButton>
        }
      >
        <CopyField label="Address of the App Launcher" labelHidden value={launcherUrl} />
      </Card>
    </>
  );
}
