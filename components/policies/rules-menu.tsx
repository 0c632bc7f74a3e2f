"use client";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Menu } from "@/components/ui/menu";
import type { RulesQuestion, RulesSubject } from "./rules-dialogs";

const RulesDialogs = dynamic(
  () => import("./rules-dialogs").then((module) => module.RulesDialogs),
  { ssr: false },
);

interface RulesMenuProps {
  subject: RulesSubject;
  /** The page of the thing; left out on that page itself. */
  edit?: string;
  /** The form of a new one that begins as this one. */
  duplicate: string;
  onRemoved: () => void;
}

/** What can be done with a policy or an access group. */
export function RulesMenu({ subject, edit, duplicate, onRemoved }: RulesMenuProps) {
  const [asking, setAsking] = useState<RulesQuestion | null>(null);
  return (
    <>
      <Menu
        label={`Actions for ${subject.name}`}
        items={[
          ...(edit ? [{ label: "Edit", href: edit }] : []),
          { label: "Duplicate", href: duplicate },
          { label: "Copy as JSON", onSelect: () => setAsking("json") },
          { label: "Copy as POST request", onSelect: () => setAsking("request") },
          { label: "Delete", tone: "danger", onSelect: () => setAsking("delete") },
        ]}
      />
      {asking && (
        <RulesDialogs
          asking={asking}
          subject={subject}
          onClose={() => setAsking(null)}
          onRemoved={onRemoved}
        />
      )}
    </>
  );
}
