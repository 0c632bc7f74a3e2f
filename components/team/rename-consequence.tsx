import { Banner } from "@/components/ui/banner";
import { CopyField } from "@/components/ui/copy";
import { FORMER_NAME_DAYS } from "@/lib/team/former-names";

interface RenameConsequenceProps {
  /** Whether the team domain follows the team name. */
  moves: boolean;
  /** Whether a new name that can be used stands in the field. */
  changed: boolean;
  callbackUrl: string;
  loginMethods: { id: string; name: string }[];
}

const countOf = (methods: number): string =>
  methods === 1 ? "1 login method must be updated" : `${methods} login methods must be updated`;

/** What a new team name means for the providers. */
export function RenameConsequence(props: RenameConsequenceProps) {
  const { moves, changed, callbackUrl, loginMethods } = props;
  if (!moves) {
    return (
      <Banner tone="info" title="The Callback URL stays the same.">
        AUTH_DOMAIN does not contain the team name, so no provider needs a change.
      </Banner>
    );
  }
  const affected = loginMethods.length;
  return (
    <div className="space-y-4">
      <Banner
        tone="warning"
        title={
          affected > 0
            ? `The Callback URL changes; ${countOf(affected)}.`
            : "The Callback URL changes."
        }
      >
        {affected > 0
          ? "Until the new URL is registered with each provider, nobody can sign in with it."
          : "No login method uses it yet."}
        <p className="mt-2">
          Links to the sign-in page and the App Launcher at the old address lead to the new one for{" "}
          {FORMER_NAME_DAYS} days. Whoever is signed in has to sign in again.
        </p>
        {affected > 0 && (
          <ul className="mt-2 list-disc pl-5">
            {loginMethods.map(({ id, name }) => (
              <li key={id} className="break-words">
                {name}
              </li>
            ))}
          </ul>
        )}
      </Banner>
      {changed && (
        <CopyField
          label="New Callback URL"
          value={callbackUrl}
          note="Must match exactly - no slash at the end"
        />
      )}
    </div>
  );
}
