import { DiffTable } from "@/components/audit/diff-table";
import { Card } from "@/components/ui/card";
import { CopyField } from "@/components/ui/copy";
import { DescriptionList } from "@/components/ui/description-list";
import { JsonView } from "@/components/ui/json-view";
import { Time } from "@/components/ui/time";
import type { Change } from "@/lib/audit/schema";
import type { DeprovisionPreview, PushedPerson } from "@/lib/scim/effects/schema";
import type { UserDetail } from "@/lib/users/schema";
import { DeprovisionCard } from "./deprovision-card";
import { PushedCard } from "./pushed-card";
import { sourceWords, statusNote, UserStatus } from "./user-status";

const MOST_GROUPS = 100;

function Groups({ groups }: { groups: string[] }) {
  if (groups.length === 0) return <>None came from the provider</>;
  return (
    <ul className="flex flex-wrap gap-1.5">
      {groups.slice(0, MOST_GROUPS).map((group) => (
        <li key={group} className="break-all rounded-sm bg-sunken px-1.5 py-0.5">
          {group}
        </li>
      ))}
      {groups.length > MOST_GROUPS && <li>and {groups.length - MOST_GROUPS} more</li>}
    </ul>
  );
}

interface IdentityCardsProps {
  user: UserDetail;
  /** Null for somebody whom no provider pushes. */
  pushed: PushedPerson | null;
  /** Null where there is nothing to say of a deactivation. */
  preview: DeprovisionPreview | null;
  /** What the last login or push changed; null when there was none before. */
  changes: Change[] | null;
  /** As applications get it from get-identity. */
  json: unknown;
}

/** What the provider said last about a person. */
export function IdentityCards({ user, pushed, preview, changes, json }: IdentityCardsProps) {
  const { identity } = user;
  return (
    <>
      <Card title="User Registry identity">
        <DescriptionList
          items={[
            {
              term: "Status",
              value: (
                <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
                  <UserStatus user={user} /> {statusNote(user)}
                </span>
              ),
            },
            { term: "Email", value: identity.email },
            { term: "Name", value: identity.name ?? "None came" },
            { term: "Login method", value: user.loginMethod.name },
            { term: "Source", value: sourceWords(user) },
            { term: "Groups", value: <Groups groups={identity.groups} /> },
            {
              term: "Authentication methods",
              value: identity.amr.join(", ") || "The provider names none",
            },
            ...identity.claims.map(({ name, value }) => ({
              term: name,
              value: (
                <code className="break-all font-mono text-xs">
                  {typeof value === "string" ? value : JSON.stringify(value)}
                </code>
              ),
            })),
            { term: "Identity of", value: <Time value={user.identityUpdatedAt} /> },
            {
              term: "Last login",
              value: user.lastLoginAt ? <Time value={user.lastLoginAt} /> : "Never",
            },
            { term: "Seat", value: user.seat ? "Active" : "Inactive" },
          ]}
        />
      </Card>
      <Card
        title="Who this is"
        description={
          user.unclaimed
            ? "A person is one subject of one issuer at one login method. This one gets both at the first login."
            : "A person is one subject of one issuer at one login method. A changed email address makes nobody somebody else."
        }
      >
        <div className="space-y-4">
          <CopyField label="User id" value={user.id} note="The sub of every token." />
          {!user.unclaimed && (
            <>
              <CopyField label="Issuer" value={user.issuer} />
              <CopyField label="Subject" value={user.subject} />
            </>
          )}
        </div>
      </Card>
      {pushed && <PushedCard user={user} pushed={pushed} />}
      {preview && <DeprovisionCard preview={preview} />}
      {changes && changes.length > 0 && (
        <Card title={pushed ? "Changed by the last login or push" : "Changed by the last login"}>
          <DiffTable changes={changes} />
        </Card>
      )}
      <Card title="Identity as JSON">
        <JsonView label="get-identity" value={json} />
      </Card>
    </>
  );
}
