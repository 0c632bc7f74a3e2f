import Link from "next/link";
import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { JsonView } from "@/components/ui/json-view";
import { Time } from "@/components/ui/time";
import type { PushedPerson } from "@/lib/scim/effects/schema";
import type { UserDetail } from "@/lib/users/schema";

const MOST_GROUPS = 100;

function Groups({ groups }: Pick<PushedPerson, "groups">) {
  if (groups.length === 0) return <>None</>;
  return (
    <ul className="flex flex-wrap gap-x-3 gap-y-1">
      {groups.slice(0, MOST_GROUPS).map(({ id, name }) => (
        <li key={id} className="min-w-0">
          <Link href={`/team/groups/${id}`} className="break-all underline">
            {name}
          </Link>
        </li>
      ))}
      {groups.length > MOST_GROUPS && <li>and {groups.length - MOST_GROUPS} more</li>}
    </ul>
  );
}

/** What the provider pushes about a person, beside what it says at a login. */
export function PushedCard({ user, pushed }: { user: UserDetail; pushed: PushedPerson }) {
  const refreshed = user.identity.scim?.refreshedAt;
  return (
    <Card
      title="Pushed by SCIM"
      description={
        user.unclaimed
          ? "Nobody has signed in as this person yet. The first login that matches the externalId, or else the userName, becomes this user."
          : "Groups that are pushed overwrite those of the login here, where identities are updated automatically. Policies read the groups of the login."
      }
    >
      <div className="space-y-4">
        <DescriptionList
          items={[
            { term: "Active", value: pushed.active ? "Yes" : "No: the provider deactivated them" },
            { term: "userName", value: pushed.userName },
            { term: "externalId", value: pushed.externalId ?? "None came" },
            { term: "SCIM id", value: pushed.id },
            { term: "Groups", value: <Groups groups={pushed.groups} /> },
            { term: "Changed by the provider", value: <Time value={pushed.updatedAt} /> },
            {
              term: "Identity last refreshed by SCIM",
              value: refreshed ? <Time value={refreshed} /> : "Never",
            },
          ]}
        />
        <JsonView label="SCIM attributes" value={pushed.attributes} />
      </div>
    </Card>
  );
}
