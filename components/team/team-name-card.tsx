"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy";
import { RenameTeamDialog, type RenameTeamProps } from "./rename-team-dialog";

interface TeamNameCardProps extends Omit<RenameTeamProps, "onClose"> {
  mayChange: boolean;
}

export function TeamNameCard({ mayChange, ...props }: TeamNameCardProps) {
  const [open, setOpen] = useState(false);
  const { teamName } = props;
  return (
    <Card
      id="team-name"
      title="Team name"
      description="Your provider's set-up guide may ask for it."
      actions={
        <>
          <CopyButton value={teamName} what="team name" targetId="team-name-value" />
          {mayChange && (
            <Button onClick={() => setOpen(true)}>
              Edit<span className="sr-only"> team name</span>
            </Button>
          )}
        </>
      }
    >
      <p id="team-name-value" className="break-all font-mono font-semibold text-2xl leading-8">
        {teamName}
      </p>
      {open && <RenameTeamDialog {...props} onClose={() => setOpen(false)} />}
    </Card>
  );
}
