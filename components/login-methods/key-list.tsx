"use client";
import { useState } from "react";
import { FailureBanner } from "@/components/admins/failure-banner";
import { useAction } from "@/components/admins/use-action";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { CopyField } from "@/components/ui/copy";
import { Disclosure } from "@/components/ui/disclosure";
import { JsonView } from "@/components/ui/json-view";
import { Time } from "@/components/ui/time";
import type { ClientKey } from "@/lib/client-keys/schema";
import { useClientKeys } from "./key-context";
import { useParts } from "./parts";

type Asked = "use" | "remove" | null;

function StateBadge({ use, state }: ClientKey) {
  if (state === "next") return <Badge tone="info">Published, does not sign yet</Badge>;
  if (state === "retired") {
    return <Badge tone="neutral">{use === "sig" ? "Retired" : "Opens older tokens"}</Badge>;
  }
  return <Badge tone="success">{use === "sig" ? "Signs" : "In use"}</Badge>;
}

function consequence({ use, state }: ClientKey): string {
  if (use === "enc") {
    return "Tokens that were encrypted to it can never be opened again. Make sure that your provider encrypts to another key, or not at all.";
  }
  if (state === "in_use") {
    return "It is the one that signs. If your provider asks for a signature, nobody can sign in until another key signs and your provider knows it.";
  }
  return "Your provider no longer finds it in the key set.";
}

interface QuestionProps {
  clientKey: ClientKey;
  asked: Asked;
  onClose: () => void;
  onConfirm: () => Promise<void>;
}

function Question({ clientKey, asked, onClose, onConfirm }: QuestionProps) {
  if (!asked) return null;
  const isRemoval = asked === "remove";
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      onConfirm={onConfirm}
      title={isRemoval ? "Delete this key?" : "Sign with this key from now on?"}
      confirmLabel={isRemoval ? "Delete" : "Sign with this key"}
      tone={isRemoval ? "danger" : "primary"}
    >
      <p>
        Key <code className="break-all font-mono">{clientKey.kid}</code>
      </p>
      <p>
        {isRemoval
          ? consequence(clientKey)
          : "Your provider must know it already: one that reads the key set by its address learns it within minutes, any other has to be given the public key. The present key stays in the key set for a day, and you can switch back."}
      </p>
    </ConfirmDialog>
  );
}

function PublicKey({ clientKey }: { clientKey: ClientKey }) {
  return (
    <Disclosure summary="Public key">
      <div className="space-y-4">
        <JsonView value={clientKey.publicJwk} label="As JWK" />
        {/* With its lines: where there is no clipboard, it is copied as it stands here. */}
        <div className="[&_code]:whitespace-pre-wrap">
          <CopyField label="As PEM" value={clientKey.pem} />
        </div>
      </div>
    </Disclosure>
  );
}

function KeyRow({ clientKey, onNews }: { clientKey: ClientKey; onNews: (news: string) => void }) {
  const { subject, readOnly } = useParts();
  const all = useClientKeys();
  const [asked, setAsked] = useState<Asked>(null);
  const { run, pending, failure } = useAction(async (act: "use" | "remove") => {
    if (!all) throw new Error("there are no keys to change");
    return all.actions[act]({ loginMethodId: subject.loginMethodId, kid: clientKey.kid });
  });
  const { kid, alg, state, use, createdAt, createdBy } = clientKey;
  async function confirm() {
    if (!asked) return;
    await run(asked, (keys) => {
      onNews(asked === "use" ? `Gatehouse signs with ${kid} from now on.` : "Key deleted.");
      all?.setKeys(keys);
    });
    setAsked(null);
  }
  return (
    <li className="space-y-2 py-3">
      <FailureBanner failure={failure} />
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <div className="min-w-0 flex-1 basis-60">
          <p className="flex flex-wrap items-center gap-2">
            <span className="font-medium">{alg}</span>
            <StateBadge {...clientKey} />
          </p>
          <code className="block break-all font-mono text-[0.8125rem]">{kid}</code>
          <p className="text-muted">
            Made <Time value={createdAt} /> by {createdBy}
          </p>
        </div>
        {!readOnly && (
          <div className="flex flex-wrap gap-2">
            {use === "sig" && state !== "in_use" && (
              <Button size="sm" pending={pending} onClick={() => setAsked("use")}>
                Sign with this key
              </Button>
            )}
            <Button
              size="sm"
              variant="ghost"
              pending={pending}
              onClick={() => setAsked("remove")}
              aria-label={`Delete key ${kid}`}
            >
              Delete
            </Button>
          </div>
        )}
      </div>
      <PublicKey clientKey={clientKey} />
      <Question
        clientKey={clientKey}
        asked={asked}
        onClose={() => setAsked(null)}
        onConfirm={confirm}
      />
    </li>
  );
}

/** The key pairs of one use, newest first. */
export default function KeyList({
  keys,
  onNews,
}: {
  keys: readonly ClientKey[];
  onNews: (news: string) => void;
}) {
  return (
    <ul className="divide-y divide-line border-line border-y">
      {keys.map((key) => (
        <KeyRow key={key.kid} clientKey={key} onNews={onNews} />
      ))}
    </ul>
  );
}
