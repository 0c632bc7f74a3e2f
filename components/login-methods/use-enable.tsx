"use client";
import dynamic from "next/dynamic";
import { useState, useTransition } from "react";
import { useTest } from "@/components/test-runs/test-link";
import { Banner } from "@/components/ui/banner";
import { AnchorButton, Button } from "@/components/ui/button";
import type { Failure, Result } from "@/lib/kit/result";

export type SetEnabled = (input: {
  id: string;
  enabled: boolean;
  untested?: "accept";
}) => Promise<Result<unknown>>;

interface Options {
  id: string;
  name: string;
  setEnabled: SetEnabled;
}

export const LOST: Failure = {
  ok: false,
  code: "unavailable",
  message: "Gatehouse did not answer.",
  fix: "Check the connection to Gatehouse, then try again.",
};

/** Only who enables what never passed pays for it. */
const Asking = dynamic(() => import("./enable-dialog").then((module) => module.EnableDialog), {
  ssr: false,
});

/** Enables a login method; one that never passed with its present settings is asked about first. */
export function useEnable({ id, name, setEnabled }: Options) {
  const [refused, setRefused] = useState<Failure | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [pending, start] = useTransition();
  const { link, live } = useTest(id, name);

  const enable = (untested?: "accept") =>
    start(async () => {
      const input = { id, enabled: true, ...(untested && { untested }) };
      const result = await setEnabled(input).catch(() => LOST);
      const asks = !result.ok && result.code === "conflict" && !untested;
      setFailure(result.ok || asks ? null : result);
      if (result.ok) setRefused(null);
      if (asks) setRefused(result);
    });
  const problem = failure && (
    <Banner tone="danger" title={failure.message}>
      {failure.fix}
    </Banner>
  );
  // Left for after the press: the link must still be there when the browser follows it.
  const close = () => setTimeout(() => setRefused(null));
  const dialog = (
    <>
      {refused === null && problem}
      {refused && (
        <Asking
          {...{ name, refused, problem, pending }}
          onClose={() => setRefused(null)}
          onAccept={() => enable("accept")}
          test={
            <AnchorButton
              {...link}
              variant="primary"
              onClick={(event) => {
                link.onClick(event);
                close();
              }}
            >
              Test first<span className="sr-only"> (opens a new tab)</span>
            </AnchorButton>
          }
        />
      )}
      {live}
    </>
  );
  return { enable: () => enable(), pending, dialog };
}

/** The same as a button of its own, for a result. */
export function EnableButton(options: Options) {
  const { enable, pending, dialog } = useEnable(options);
  return (
    <>
      <Button pending={pending} onClick={enable}>
        Enable
      </Button>
      {dialog}
    </>
  );
}
