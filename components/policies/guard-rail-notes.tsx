"use client";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import type { Result } from "@/lib/kit/result";
import { useBuilder } from "./builder-context";
import { type GuardRail, guardRails } from "./guard-rails";

const ConvertDialog = dynamic(
  () => import("./convert-dialog").then((module) => module.ConvertDialog),
  { ssr: false },
);

export type AddGroup = (input: {
  name: string;
  include: unknown[];
}) => Promise<Result<{ id: string; name: string }>>;

export interface Conversion {
  /** Makes the access group. */
  add: AddGroup;
  /** Tells the form of it. */
  onAdded: (group: { id: string; name: string }) => void;
}

interface GuardRailNotesProps {
  /** Null where nothing can be converted: for those who may only read. */
  conversion: Conversion | null;
  /** What other policies have to say about this one. */
  more?: readonly GuardRail[];
}

/** What is worth a second look, said while the rules are being written. */
export function GuardRailNotes({ conversion, more = [] }: GuardRailNotesProps) {
  const { rows, decision } = useBuilder();
  const [converting, setConverting] = useState<readonly string[] | null>(null);
  const rails = [...guardRails(rows, decision), ...more];
  return (
    <>
      <div role="status" className="grid gap-3 not-empty:mt-5">
        {rails.map(({ tone, title, text, convert }) => (
          <Banner
            key={title}
            tone={tone === "danger" ? "warning" : tone}
            title={title}
            actions={
              convert &&
              conversion && (
                <Button size="sm" onClick={() => setConverting(convert)}>
                  Convert to Access Group
                </Button>
              )
            }
          >
            {text}
          </Banner>
        ))}
      </div>
      {converting && conversion && (
        <ConvertDialog
          keys={converting}
          conversion={conversion}
          onClose={() => setConverting(null)}
        />
      )}
    </>
  );
}
