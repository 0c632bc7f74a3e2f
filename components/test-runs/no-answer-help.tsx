import { CopyField } from "@/components/ui/copy";
import { Disclosure } from "@/components/ui/disclosure";

/**
 * Errors that a provider shows by itself never come back to Gatehouse: the redirect URI it refuses is
 * the very address that would tell. So the person is asked what they see.
 */
export function NoAnswerHelp({ redirectUri }: { redirectUri: string }) {
  return (
    <div>
      <p className="font-medium">Did your provider show an error instead of a sign-in page?</p>
      <p className="mb-1 text-muted">Choose what its page says.</p>
      <Disclosure summary="The redirect URI is wrong, or does not match">
        <CopyField
          label="Redirect URI that Gatehouse sent"
          value={redirectUri}
          note="Register exactly this with the provider. A slash at its end makes it another address, and so does http in place of https."
        />
      </Disclosure>
      <Disclosure summary="The client or application is not known">
        <p>
          Compare the App ID with the client ID at the provider, and the Auth URL with the one of
          the same tenant or realm. A space copied along with it is enough.
        </p>
      </Disclosure>
      <Disclosure summary="You are not assigned to this application">
        <p>
          At the provider, assign your user, or a group that you are in, to the application. Then
          choose Test again.
        </p>
      </Disclosure>
      <Disclosure summary="The page is blank, blocked, or does not load">
        <p>
          Open the Auth URL by itself in this browser. If that fails too, the address is wrong or
          your network does not reach it; an extension or a strict firewall can also stop the
          redirect.
        </p>
      </Disclosure>
    </div>
  );
}
