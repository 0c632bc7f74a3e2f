"use client";
import dynamic from "next/dynamic";
import { useState } from "react";
import { FailureBanner } from "@/components/admins/failure-banner";
import { useAction } from "@/components/admins/use-action";
import { Menu } from "@/components/ui/menu";
import type { ServiceTokenSecret } from "@/lib/service-tokens/schema";
import type { TokenQuestion } from "./token-dialogs";
import type { TokenActions, TokenItem } from "./words";

const TokenDialogs = dynamic(
  () => import("./token-dialogs").then((module) => module.TokenDialogs),
  { ssr: false },
);
const SecretDialog = dynamic(
  () => import("./secret-dialog").then((module) => module.SecretDialog),
  { ssr: false },
);

/** What can be done with a service token. */
export function TokenMenu({ token, actions }: { token: TokenItem; actions: TokenActions }) {
  const { id, name, enabled, duration } = token;
  const [asking, setAsking] = useState<TokenQuestion | null>(null);
  const [secret, setSecret] = useState<ServiceTokenSecret | null>(null);
  const [news, setNews] = useState("");
  const extend = useAction(actions.extend);
  const enable = useAction(actions.setEnabled);
  return (
    <>
      <Menu
        label={`Actions for ${name}`}
        items={[
          { label: "Rotate secret", onSelect: () => setAsking("rotate") },
          ...(duration === "forever"
            ? []
            : [
                {
                  label: "Refresh",
                  onSelect: () => void extend.run({ id }, () => setNews(`${name} was extended.`)),
                },
              ]),
          enabled
            ? { label: "Disable", onSelect: () => setAsking("disable") }
            : {
                label: "Enable",
                onSelect: () =>
                  void enable.run({ id, enabled: true }, () => setNews(`${name} is enabled.`)),
              },
          { label: "Delete", tone: "danger", onSelect: () => setAsking("delete") },
        ]}
      />
      <FailureBanner failure={extend.failure ?? enable.failure} />
      <span role="status" className="sr-only">
        {news}
      </span>
      {asking && (
        <TokenDialogs
          asking={asking}
          token={token}
          actions={actions}
          onClose={() => setAsking(null)}
          onRotated={(rotated) => {
            setAsking(null);
            setSecret(rotated);
          }}
        />
      )}
      {secret && <SecretDialog name={name} secret={secret} onClose={() => setSecret(null)} />}
    </>
  );
}
