"use client";
import { Fragment } from "react";
import { AdvancedFields } from "./advanced-fields";
import { ConnectorFieldRow } from "./connector-field-row";
import { DiscoveryStatus } from "./discovery-status";
import { NameField } from "./name-field";
import { useParts } from "./parts";

/** The fields that every login method of this type needs; autofill follows the field it reads. */
export function ConnectionFields() {
  const { connector } = useParts();
  const fields = connector.fields.filter((field) => field.section === "connection");
  const last = fields.findLast((field) => field.discovers)?.name;
  return (
    <>
      <NameField />
      {fields.map((field) => (
        <Fragment key={field.name}>
          <ConnectorFieldRow field={field} />
          {field.name === last && <DiscoveryStatus />}
        </Fragment>
      ))}
    </>
  );
}

/** `focus` is the config key that a link asked for. */
export function OptionalFields({ focus }: { focus: string | null }) {
  const { connector } = useParts();
  return (
    <>
      {connector.fields
        .filter((field) => field.section === "optional")
        .map((field) => (
          <ConnectorFieldRow key={field.name} field={field} />
        ))}
      <AdvancedFields focus={focus} />
    </>
  );
}
