"use client";
import { useId, useState } from "react";
import { FailureBanner } from "@/components/admins/failure-banner";
import { useAction } from "@/components/admins/use-action";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { Result } from "@/lib/kit/result";
import { type EndpointReport, type ProfileId, SHAPES } from "@/lib/scim/simulated-client/schema";
import { SimulatedClientReport } from "./simulated-client-report";

export type CheckScimEndpoint = (input: {
  loginMethodId: string;
  profile: ProfileId;
}) => Promise<Result<EndpointReport>>;

const isShape = (id: string): id is ProfileId => Object.hasOwn(SHAPES, id);

interface SimulatedClientDialogProps {
  loginMethod: { id: string; name: string; kind: string };
  check: CheckScimEndpoint;
  onClose: () => void;
}

/** Tries the endpoint as a provider would, before the provider's admin is asked. */
export function SimulatedClientDialog({ loginMethod, check, onClose }: SimulatedClientDialogProps) {
  const group = useId();
  const [profile, setProfile] = useState<ProfileId>(
    isShape(loginMethod.kind) ? loginMethod.kind : "rfc",
  );
  const [report, setReport] = useState<EndpointReport | null>(null);
  const { run, pending, failure } = useAction(check);
  const start = () => run({ loginMethodId: loginMethod.id, profile }, setReport);
  return (
    <Dialog
      open
      onClose={onClose}
      title="Check this endpoint"
      footer={
        <>
          <Button onClick={onClose}>Close</Button>
          <Button variant="primary" pending={pending} onClick={start} data-autofocus="">
            {report ? "Check again" : "Check"}
          </Button>
        </>
      }
    >
      <div className="space-y-4">
        <p>
          Gatehouse sends to the SCIM Endpoint of {loginMethod.name} what your provider would: it
          makes a person and a group that nobody has, changes them, and takes them away. The SCIM
          Secret is not needed.
        </p>
        <fieldset>
          <legend className="mb-1 font-medium">In the shape of</legend>
          {Object.entries(SHAPES).map(([id, label]) => (
            <label key={id} className="flex min-h-8 items-center gap-2">
              <input
                type="radio"
                name={group}
                className="size-4 shrink-0 accent-accent"
                checked={profile === id}
                onChange={() => isShape(id) && setProfile(id)}
              />
              {label}
            </label>
          ))}
        </fieldset>
        <div aria-live="polite" className="space-y-4">
          <FailureBanner failure={failure} />
          {report && !pending && <SimulatedClientReport report={report} />}
        </div>
      </div>
    </Dialog>
  );
}
