"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { FailureBanner } from "@/components/admins/failure-banner";
import { useAction } from "@/components/admins/use-action";
import { ConfirmDialog } from "@/components/ui/dialog";
import { Menu } from "@/components/ui/menu";
import type { Result } from "@/lib/kit/result";
import { APPLICATIONS } from "./application-words";

type Ask = (input: { id: string }) => Promise<Result<unknown>>;

export interface ApplicationActions {
  setEnabled: (input: { id: string; enabled: boolean }) => Promise<Result<unknown>>;
  revoke: Ask;
  remove: Ask;
}

type Question = "disable" | "revoke" | "delete";

const WORDS: Record<Question, { title: string; label: string; text: string }> = {
  disable: {
    title: "Disable",
    label: "Disable",
    text: "From the next request on nobody gets in, whoever is signed in. Nothing is lost, and you can enable it again.",
  },
  revoke: {
    title: "Revoke existing tokens of",
    label: "Revoke tokens",
    text: "Everybody's next request goes through the login page once more. People with a live global session come back without signing in, if the policies still let them in.",
  },
  delete: {
    title: "Delete",
    label: "Delete",
    text: "Its hosts are then refused to everybody, for as long as the proxy asks the gate about them. Its policies stay. It cannot be brought back: another one has another AUD.",
  },
};

interface Props {
  application: { id: string; name: string; enabled: boolean };
  actions: ApplicationActions;
  /** Whether it stands on the page of the application itself. */
  onPage?: boolean;
}

/** What can be done with an application, in its row and on its page. */
export function ApplicationMenu({ application, actions, onPage = false }: Props) {
  const { id, name, enabled } = application;
  const router = useRouter();
  const [asking, setAsking] = useState<Question | null>(null);
  const [news, setNews] = useState("");
  const switching = useAction(actions.setEnabled);
  const revoke = useAction(actions.revoke);
  const remove = useAction(actions.remove);
  const done = (text: string) => {
    setAsking(null);
    setNews(text);
    router.refresh();
  };
  const confirm = (question: Question) => {
    if (question === "disable") {
      return switching.run({ id, enabled: false }, () => done(`${name} is disabled.`));
    }
    if (question === "revoke") {
      return revoke.run({ id }, () => done(`The tokens of ${name} were revoked.`));
    }
    return remove.run({ id }, () => {
      setAsking(null);
      if (onPage) router.push(APPLICATIONS);
      else router.refresh();
    });
  };
  return (
    <>
      <Menu
        label={`Actions for ${name}`}
        items={[
          enabled
            ? { label: "Disable", onSelect: () => setAsking("disable") }
            : {
                label: "Enable",
                onSelect: () =>
                  void switching.run({ id, enabled: true }, () => done(`${name} is enabled.`)),
              },
          { label: "Revoke existing tokens", onSelect: () => setAsking("revoke") },
          { label: "Delete", tone: "danger", onSelect: () => setAsking("delete") },
        ]}
      />
      <span role="status" className="sr-only">
        {news}
      </span>
      {asking && (
        <ConfirmDialog
          open
          onClose={() => setAsking(null)}
          onConfirm={async () => void (await confirm(asking))}
          title={`${WORDS[asking].title} ${name}?`}
          confirmLabel={WORDS[asking].label}
          {...(asking === "delete" && { typeToConfirm: name })}
        >
          <FailureBanner failure={switching.failure ?? revoke.failure ?? remove.failure} />
          <p>{WORDS[asking].text}</p>
        </ConfirmDialog>
      )}
    </>
  );
}
