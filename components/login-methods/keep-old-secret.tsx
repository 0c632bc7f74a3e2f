"use client";
import type { ConnectorField } from "@/lib/connectors/definition";
import { useParts } from "./parts";

/** In place of a secret that another field hands over. */
export const TakesOver = () => (
  <p className="flex min-h-9 items-center">The Client secret that is stored now, once you save.</p>
);

/** The field that can take over the stored secret of this one, if there is one. */
export const heirOf = (
  fields: readonly ConnectorField[],
  name: string,
): ConnectorField | undefined => fields.find(({ takesOver }) => takesOver === name);

/** Offered while a stored secret gets a new value: the old one goes on working at providers that lag. */
export function KeepOldSecret({ field, typed }: { field: ConnectorField; typed: boolean }) {
  const { connector, form, values, secrets } = useParts();
  const heir = heirOf(connector.fields, field.name);
  if (!heir || !typed || !(field.name in secrets)) return null;
  const name = `config.${heir.name}` as const;
  return (
    <label className="mt-2 flex max-w-prose items-start gap-2">
      <input
        type="checkbox"
        className="mt-1 size-4 shrink-0"
        checked={values[heir.name] === true}
        onChange={({ target }) =>
          form.setValue(name, target.checked ? true : "", { shouldDirty: true })
        }
      />
      <span>
        Keep the old one until the provider has switched
        <span className="block text-muted">
          Gatehouse then uses whichever your provider accepts, and a test says when the old one can
          be removed.
        </span>
      </span>
    </label>
  );
}
