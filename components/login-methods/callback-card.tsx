import { Card } from "@/components/ui/card";
import { CopyField } from "@/components/ui/copy";
import { Disclosure } from "@/components/ui/disclosure";
import type { Place } from "./guide-panel";

function Values({ place }: { place: Place }) {
  return (
    <div className="space-y-4">
      <CopyField
        id="callback-url"
        label="Callback URL"
        value={place.callbackUrl}
        note="Enter it as the redirect URI in your identity provider. Must match exactly - no slash at the end."
      />
      <CopyField
        label="Team domain"
        value={place.teamDomain}
        note="People sign in here. AUTH_DOMAIN sets it."
      />
    </div>
  );
}

/** The addresses that a provider asks for. Folded away once a login method has worked. */
export function CallbackCard({ place, folded }: { place: Place; folded: boolean }) {
  return (
    <Card>
      {folded ? (
        <Disclosure summary="Callback URL and team domain">
          <Values place={place} />
        </Disclosure>
      ) : (
        <Values place={place} />
      )}
    </Card>
  );
}
