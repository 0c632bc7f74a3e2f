"use client";
import { useState } from "react";
import { Card } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import { FRONT_END_NAMES, type FrontEndId } from "@/lib/gate/front-ends/schema";
import { proxyConfigs } from "@/lib/gate/proxy-config";
import type { ProxyFile, ProxySettings } from "@/lib/gate/proxy-config/schema";
import { PROXY_CARD } from "./application-words";

function File({ file, id }: { file: ProxyFile; id: string }) {
  return (
    <section aria-labelledby={`${id}-name`} className="mt-4">
      <div className="mb-1 flex flex-wrap items-center justify-between gap-2">
        <h3 id={`${id}-name`} className="min-w-0 break-all font-medium font-mono text-[0.8125rem]">
          {file.name}
        </h3>
        <CopyButton value={file.text} what={file.name} targetId={id} size="sm" />
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a region that scrolls must be reachable by keyboard */}
      <pre
        id={id}
        role="region"
        aria-label={`Text of ${file.name}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: as above
        tabIndex={0}
        className="max-h-96 overflow-auto rounded-md border border-line bg-sunken p-3 font-mono text-[0.8125rem] leading-5"
      >
        {file.text}
      </pre>
    </section>
  );
}

const isOrigin = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const { protocol, origin } = new URL(text);
  return /^https?:$/.test(protocol) && origin === text.replace(/\/$/, "");
};

interface ConfigPanelProps {
  settings: ProxySettings;
  /** The proxy that it opens with. */
  initial?: FrontEndId;
}

/** Ready-to-paste configuration of a reverse proxy, with this installation's own values. */
export function ConfigPanel({ settings, initial = "nginx" }: ConfigPanelProps) {
  const [frontEnd, setFrontEnd] = useState(initial);
  const [upstream, setUpstream] = useState(settings.upstream);
  const [gateUrl, setGate] = useState(settings.gateUrl);
  const usable = {
    ...settings,
    upstream: isOrigin(upstream) ? upstream : settings.upstream,
    gateUrl: isOrigin(gateUrl) ? gateUrl : settings.gateUrl,
  };
  const config = proxyConfigs(usable).find((one) => one.frontEnd === frontEnd);
  const problem = (text: string) =>
    isOrigin(text) ? undefined : "Enter an origin, like http://10.0.0.5:3000";
  return (
    <Card
      id={PROXY_CARD}
      title="Reverse proxy"
      description="Put the gate in front of the application: the proxy asks it about every request."
    >
      <div className="grid gap-4 md:grid-cols-3">
        <Field id="front-end" label="Proxy">
          {(aria) => (
            <Select
              {...aria}
              value={frontEnd}
              onChange={({ target }) => setFrontEnd(target.value as FrontEndId)}
            >
              {Object.entries(FRONT_END_NAMES).map(([id, name]) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field
          id="upstream"
          label="Application's own address"
          help="Nobody but the proxy should reach it."
          error={problem(upstream)}
        >
          {(aria) => (
            <Input
              {...aria}
              value={upstream}
              onChange={({ target }) => setUpstream(target.value)}
            />
          )}
        </Field>
        <Field
          id="gate-url"
          label="Gatehouse, as the proxy reaches it"
          help="Its own port, with no other proxy in between."
          error={problem(gateUrl)}
        >
          {(aria) => (
            <Input {...aria} value={gateUrl} onChange={({ target }) => setGate(target.value)} />
          )}
        </Field>
      </div>
      {config && (
        <>
          {config.files.map((file, index) => (
            <File key={file.name} file={file} id={`config-${index}`} />
          ))}
          <h3 className="mt-4 mb-1 font-semibold">Before you use it</h3>
          <ul className="list-disc space-y-1 pl-5 text-muted">
            <li>Made for {config.minimumVersion}.</li>
            {config.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </>
      )}
    </Card>
  );
}
