"use client";
import { ChevronRight } from "lucide-react";
import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { DECRYPTION_KEY } from "@/lib/connectors/oidc-keys";
import { ConnectorFieldRow } from "./connector-field-row";
import { isSet } from "./field-values";
import { useParts } from "./parts";

/** Few login methods have keys. */
const DecryptionKeyCard = dynamic(() =>
  import("./key-card").then((module) => module.DecryptionKeyCard),
);

/**
 * What few providers need, folded. It opens by itself when something in it is set or wrong, or is
 * the field that a link asked for.
 */
export function AdvancedFields({ focus }: { focus: string | null }) {
  const { connector, values, errors } = useParts();
  const fields = connector.fields.filter((field) => field.section === "advanced");
  const [open, setOpen] = useState(
    () =>
      isSet(connector, values, ["advanced"]) ||
      [...fields.map(({ name }) => name), DECRYPTION_KEY].includes(focus ?? ""),
  );
  const hasError = fields.some(({ name }) => errors.config[name]);
  useEffect(() => {
    if (hasError) setOpen(true);
  }, [hasError]);
  if (fields.length === 0) return null;
  return (
    <details
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
      className="group/advanced border-line border-t pt-3"
    >
      <summary className="flex min-h-9 list-none items-center gap-2 rounded-md hover:text-accent">
        <span className="min-w-0 flex-1">
          <h3 className="font-medium">Advanced</h3>
          <span className="block text-muted">
            Protection of requests and tokens, private certificate authorities, client certificates.
          </span>
        </span>
        <ChevronRight
          aria-hidden
          className="size-4 shrink-0 transition-transform group-open/advanced:rotate-90"
        />
      </summary>
      <div className="space-y-5 pt-4">
        {fields.map((field) => (
          <ConnectorFieldRow key={field.name} field={field} />
        ))}
        {open && <DecryptionKeyCard />}
      </div>
    </details>
  );
}
