"use client";
import { lazy, type ReactNode, Suspense, useEffect, useId, useState } from "react";
import { FailureBanner } from "@/components/admins/failure-banner";
import { useAction } from "@/components/admins/use-action";
import { Button } from "@/components/ui/button";
import { CopyField } from "@/components/ui/copy";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/input";
import {
  type ClientKey,
  ENCRYPTION_ALGS,
  jwksPath,
  type KeyUse,
  makeKeySchema,
  SIGNING_ALGS,
} from "@/lib/client-keys/schema";
import { useClientKeys } from "./key-context";
import { useParts } from "./parts";

/** Few login methods have keys: what shows them comes when there is one. */
const KeyList = lazy(() => import("./key-list"));

const ALGS: Record<KeyUse, readonly string[]> = { sig: SIGNING_ALGS, enc: ENCRYPTION_ALGS };

/** A reload of a form that was not saved keeps its id, and with it the address of its keys. */
function keepId(id: string): void {
  const url = new URL(location.href);
  url.searchParams.set("id", id);
  history.replaceState(null, "", url);
}

interface MakeProps {
  use: KeyUse;
  /** What the button says while there is no key, and when there is one. */
  labels: [first: string, next: string];
  made: (keys: ClientKey[]) => void;
  hasKeys: boolean;
}

function MakeKey({ use, labels, made, hasKeys }: MakeProps) {
  const { subject, saved } = useParts();
  const keys = useClientKeys();
  const [alg, setAlg] = useState(ALGS[use][0] ?? "");
  const select = useId();
  const { run, pending, failure } = useAction(async (wanted: string) => {
    const { loginMethodId } = subject;
    const input = makeKeySchema.parse({ loginMethodId, use, alg: wanted });
    if (!keys) throw new Error("there is nothing to make keys with");
    return keys.actions.make(input);
  });
  const make = () =>
    run(alg, (all) => {
      if (!saved) keepId(subject.loginMethodId);
      made(all);
    });
  return (
    <div className="space-y-3">
      <FailureBanner failure={failure} />
      <div className="flex flex-wrap items-end gap-3">
        <div className="w-44">
          <Field id={select} label="Algorithm">
            {(aria) => (
              <Select {...aria} value={alg} onChange={(event) => setAlg(event.target.value)}>
                {ALGS[use].map((name) => (
                  <option key={name}>{name}</option>
                ))}
              </Select>
            )}
          </Field>
        </div>
        <Button pending={pending} onClick={make}>
          {labels[hasKeys ? 1 : 0]}
        </Button>
      </div>
    </div>
  );
}

interface KeyCardProps {
  id: string;
  use: KeyUse;
  title: string;
  about: ReactNode;
  labels: [first: string, next: string];
  /** Said once a key was made; the second while there was one before. */
  said: [first: string, next: string];
}

function KeyCard({ id, use, title, about, labels, said }: KeyCardProps) {
  const { subject, readOnly } = useParts();
  const all = useClientKeys();
  const [news, setNews] = useState("");
  // A link that leads here is older than this card, which comes later than the form.
  useEffect(() => {
    if (new URLSearchParams(location.search).get("field") === id) {
      document.getElementById(id)?.focus();
    }
  }, [id]);
  if (!all) return null;
  const keys = all.keys.filter((key) => key.use === use);
  function made(now: ClientKey[]) {
    setNews(said[keys.length > 0 ? 1 : 0]);
    all?.setKeys(now);
  }
  return (
    <section
      id={id}
      tabIndex={-1}
      aria-labelledby={`${id}-title`}
      className="space-y-4 rounded-lg border border-line bg-sunken/40 p-4"
    >
      <div>
        <h3 id={`${id}-title`} className="font-semibold">
          {title}
        </h3>
        <div className="mt-0.5 max-w-prose space-y-1.5 text-muted">{about}</div>
      </div>
      {keys.length > 0 && (
        <>
          <CopyField
            label="Address of the key set"
            value={`${all.teamDomain}${jwksPath(subject.loginMethodId)}`}
            note="Providers call it JWKS URL or jwks_uri. It works before the login method is saved, if your provider can reach it."
          />
          <Suspense fallback={null}>
            <KeyList keys={keys} onNews={setNews} />
          </Suspense>
        </>
      )}
      {!readOnly && <MakeKey use={use} labels={labels} made={made} hasKeys={keys.length > 0} />}
      <p role="status" className="text-success empty:hidden">
        {news}
      </p>
    </section>
  );
}

/** For while the app proves itself by a signature. */
export function SigningKeyCard() {
  return (
    <KeyCard
      id="signing_key"
      use="sig"
      title="Signing key"
      about={
        <>
          <p>
            Gatehouse signs instead of sending a secret. It makes the key pair and keeps the private
            half sealed; your provider gets the address of the key set, or the public key.
          </p>
          <p>
            RS256 works with almost every provider. Microsoft Entra ID takes certificates instead of
            keys: use a client secret there.
          </p>
        </>
      }
      labels={["Make a key pair", "Make a new one"]}
      said={[
        "Key pair made. Give your provider the address of the key set, or the public key.",
        "New key pair made. The old one signs until you switch.",
      ]}
    />
  );
}

/** Encrypted ID tokens, for providers that are set to encrypt. */
export function DecryptionKeyCard() {
  const { connector } = useParts();
  if (connector.protocol !== "oidc") return null;
  return (
    <KeyCard
      id="decryption_key"
      use="enc"
      title="Encrypted ID tokens"
      about={
        <p>
          Only needed when your provider encrypts ID tokens (JWE). It encrypts to the public key,
          and Gatehouse opens the token before it verifies the signature inside.
        </p>
      }
      labels={["Make a decryption key", "Make a new one"]}
      said={[
        "Decryption key made. Give your provider the address of the key set, or the public key.",
        "New decryption key made. The old one still opens tokens, and is no longer in the key set.",
      ]}
    />
  );
}
