import Link from "next/link";
import { Card } from "@/components/ui/card";
import type { DeprovisionPreview } from "@/lib/scim/effects/schema";

const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

/** What would not happen, and why; null when something would. */
function nothingWhy({ pushed, settings, loginMethod }: DeprovisionPreview): string | null {
  if (!pushed) {
    return `Nothing: ${loginMethod.name} does not push this person by SCIM, so Gatehouse does not hear of it. Assign them to the application that does the provisioning.`;
  }
  if (!settings.user_deprovision) {
    return "Nothing ends: Enable user deprovisioning is off for this login method. It would be noted here, and they could go on and sign in again.";
  }
  return null;
}

function Losses({ preview }: { preview: DeprovisionPreview }) {
  const { sessions, applications, others, seats, settings } = preview;
  return (
    <ul className="list-disc space-y-1.5 pl-5">
      <li>
        {sessions > 0
          ? `${counted(sessions, "session")} would end within a second.`
          : "No session would end: there is none."}
        {applications.length > 0 && (
          <ul className="mt-1 list-disc pl-5">
            {applications.map(({ id, name, sessions: open }) => (
              <li key={id} className="break-words">
                {name}: {counted(open, "session")}
              </li>
            ))}
          </ul>
        )}
      </li>
      <li>
        {seats === 0 && "No seat would become free: none is taken."}
        {seats > 0 && settings.seat_deprovision && `${counted(seats, "seat")} would become free.`}
        {seats > 0 &&
          !settings.seat_deprovision &&
          `${counted(seats, "seat")} would stay taken: Remove user seat on deprovision is off.`}
      </li>
      <li>They could not sign in by this login method until the provider activates them again.</li>
      {others.length > 0 && (
        <li>
          It reaches other users too, who signed in under the same name or subject:{" "}
          {others.map(({ id, email }, index) => (
            <span key={id}>
              {index > 0 && ", "}
              <Link href={`/team/users/${id}/identity`} className="break-all underline">
                {email}
              </Link>
            </span>
          ))}
          .
        </li>
      )}
    </ul>
  );
}

/** The effect of a deactivation at the provider, before it happens. Changes nothing. */
export function DeprovisionCard({ preview }: { preview: DeprovisionPreview }) {
  const { pushed, loginMethod } = preview;
  const nothing = nothingWhy(preview);
  const was = pushed && !pushed.active;
  return (
    <Card
      title="If your provider deactivates this person"
      description={`As of now, with the SCIM settings of ${loginMethod.name}. Nothing happens by looking at this.`}
    >
      <div className="space-y-3">
        {was && (
          <p>
            The provider has deactivated them already. Below is what doing it once more would end.
          </p>
        )}
        {nothing ? <p>{nothing}</p> : <Losses preview={preview} />}
        <p>
          <Link
            href={`/settings/authentication/login-methods/${loginMethod.id}?field=scim`}
            className="underline"
          >
            Change the settings of {loginMethod.name}
          </Link>
        </p>
      </div>
    </Card>
  );
}
