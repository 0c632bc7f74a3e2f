"use client";
import { useState } from "react";
import type { ScimPanelData } from "@/components/scim/panel-props";
import { CopyField } from "@/components/ui/copy";
import { DECRYPTION_KEY } from "@/lib/connectors/oidc-keys";
import { CheckConfiguration } from "./check-configuration";
import { ConnectionFields, OptionalFields } from "./connection-fields";
import { isSet } from "./field-values";
import { FoldedSection, FormSection } from "./form-section";
import type { Place } from "./guide-panel";
import type { FormParts } from "./parts";
import { ScimFields } from "./scim-fields";

interface SectionsProps {
  parts: FormParts;
  place: Place;
  /** Config key of the field to begin at. */
  focus: string | null;
  /** Values that the form is about to be filled with. */
  coming: Record<string, unknown> | null;
  scimPanel: ScimPanelData | null;
}

export function Sections({ parts, place, focus, coming, scimPanel }: SectionsProps) {
  const { connector, values, errors } = parts;
  const optional = connector.fields.filter((field) => field.section !== "connection");
  const [begins] = useState(
    () =>
      isSet(connector, coming ?? values) ||
      [...optional.map(({ name }) => name), DECRYPTION_KEY].includes(focus ?? ""),
  );
  return (
    <div className="space-y-5">
      <FormSection number={1} title="In your identity provider">
        <CopyField
          id="callback-url"
          label="Callback URL"
          value={place.callbackUrl}
          note="Your provider asks for an authorized redirect URI. Must match exactly - no slash at the end."
        />
      </FormSection>
      <FormSection number={2} title="Connection">
        <ConnectionFields />
        <CheckConfiguration />
      </FormSection>
      <FoldedSection
        number={3}
        title="Optional configurations"
        description="OIDC Claims, Email claim name, scopes and details of the protocol."
        wanted={begins}
        hasError={optional.some(({ name }) => errors.config[name])}
      >
        <OptionalFields focus={focus} />
      </FoldedSection>
      <FoldedSection
        id="scim"
        number={4}
        title="SCIM"
        description={
          connector.scim
            ? "Users and groups that your provider pushes."
            : `${connector.label} itself pushes nothing by SCIM. A directory beside it may.`
        }
        wanted={parts.saved?.scim.enabled === true || focus === "scim"}
        hasError={errors.scim}
      >
        <ScimFields panel={scimPanel} />
      </FoldedSection>
    </div>
  );
}
