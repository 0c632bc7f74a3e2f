"use client";
import { TriangleAlert } from "lucide-react";
import dynamic from "next/dynamic";
import { useEffect } from "react";
import { Controller } from "react-hook-form";
import { Badge } from "@/components/ui/badge";
import { Field } from "@/components/ui/field";
import type { Suggestion } from "@/components/ui/tag-values";
import type { Config, ConnectorField } from "@/lib/connectors/definition";
import { needsNoSecret } from "@/lib/connectors/oidc-keys";
import { RESERVED_CLAIMS } from "@/lib/connectors/oidc-rules";
import type { Source } from "./discovery-plan";
import { FieldControl } from "./field-control";
import { isSame } from "./field-values";
import { KeysNote, useKeys } from "./keys-note";
import { type FormParts, useParts } from "./parts";

function SourceBadge({ source }: { source: Source | undefined }) {
  if (source === "discovery") return <Badge tone="info">From discovery</Badge>;
  if (source === "check") return <Badge tone="info">Edited by check</Badge>;
  if (source === "edited") return <Badge tone="neutral">Edited</Badge>;
  return source === "computed" ? <Badge tone="neutral">Computed</Badge> : null;
}

/** Where the value came from; a fix that was just applied comes before all else. */
function FieldBadge(props: { field: ConnectorField; value: unknown; source: Source | undefined }) {
  const { field, value, source } = props;
  const { fixed } = useParts();
  const isFixed = fixed.some(({ name, after }) => name === field.name && isSame(value, after));
  return isFixed ? (
    <Badge tone="warning">Changed by the fix</Badge>
  ) : (
    <SourceBadge source={source} />
  );
}

/** Whether a claim came back in the last test. */
function ClaimBadge({ seen, claim }: { seen: readonly string[] | null; claim: string }) {
  if (!seen) return <span className="text-muted text-xs">Never tested</span>;
  return seen.includes(claim) ? (
    <span className="text-success text-xs">Seen in last test</span>
  ) : (
    <span className="text-warning text-xs">Not in last test</span>
  );
}

const unique = (suggestions: readonly Suggestion[]): Suggestion[] =>
  [...new Map(suggestions.toReversed().map((item) => [item.value, item])).values()].toReversed();

/** What the last test, the provider and custom suggest for a list, in this order. */
function suggestionsFor({ name, options = [] }: ConnectorField, parts: FormParts): Suggestion[] {
  const { report } = parts.discovery.view;
  const usual = options.map(({ value }) => ({ value }));
  const published = (names: readonly string[]) =>
    names.map((value) => ({ value, detail: "published by your provider" }));
  if (name === "scopes") return unique([...published(report?.scopesSupported ?? []), ...usual]);
  if (name !== "claims") return usual;
  return unique([
    ...parts.claims.suggestions,
    ...published(report?.claimsSupported ?? []),
    ...usual,
  ]).filter(({ value }) => !RESERVED_CLAIMS.has(value));
}

function Help({ field, warning }: { field: ConnectorField; warning: string | undefined }) {
  return (
    <>
      {warning && (
        <span className="flex gap-1.5 text-warning">
          <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          {warning}
        </span>
      )}
      {field.help && <span className="block">{field.help}</span>}
    </>
  );
}

/** Rules that look at several fields are checked again where they already complained. */
function recheckOthers({ form }: FormParts, edited: string): void {
  const errors = form.formState.errors.config ?? {};
  const names = Object.entries(errors)
    .filter(([name, error]) => name !== edited && error?.type !== "server")
    .map(([name]) => `config.${name}` as const);
  if (names.length > 0) void form.trigger(names);
}

const goesWithoutSecret = ({ token_auth_method: method }: Config) =>
  method === "none" || needsNoSecret(method);

/** Few login methods have keys. */
const SigningKeyCard = dynamic(() => import("./key-card").then((module) => module.SigningKeyCard));

/** One field of a connector, unless the other values make it meaningless. */
export function ConnectorFieldRow({ field }: { field: ConnectorField }) {
  const { values, secrets, errors } = useParts();
  const isHidden = field.hidden?.(values, field.name in secrets) && !errors.config[field.name];
  if (isHidden) return null;
  return (
    <>
      <FieldRow field={field} />
      {field.name === "token_auth_method" && values.token_auth_method === "private_key_jwt" && (
        <SigningKeyCard />
      )}
    </>
  );
}

/** The field itself, with where its value came from. */
function FieldRow({ field }: { field: ConnectorField }) {
  const parts = useParts();
  const { connector, form, values, discovery, secrets, claims, allowedHosts, readOnly } = parts;
  const keys = useKeys();
  const name = `config.${field.name}` as const;
  const source = discovery.view.sources[field.name];
  const value = values[field.name];
  const filled = field.holdsKeys && source === "discovery" ? value : null;

  // biome-ignore lint/correctness/useExhaustiveDependencies: read once for each value that was filled
  useEffect(() => {
    if (filled) void keys.check(filled, values.tls_ca);
  }, [filled]);

  return (
    <Controller
      control={form.control}
      name={name}
      render={({ field: input, fieldState }) => (
        <Field
          id={name}
          label={field.label}
          optional={field.optional}
          badge={<FieldBadge field={field} value={value} source={source} />}
          error={fieldState.error?.message}
          help={
            <>
              {field.holdsKeys && <KeysNote state={keys.state} value={value} />}
              <Help
                field={field}
                warning={
                  fieldState.error
                    ? undefined
                    : connector.warnings(values, allowedHosts)[field.name]
                }
              />
            </>
          }
        >
          {(aria) => (
            <FieldControl
              field={field}
              aria={aria}
              input={input}
              disabled={readOnly}
              stored={secrets[field.name]}
              removable={field.optional === true || goesWithoutSecret(values)}
              suggestions={suggestionsFor(field, parts)}
              badgeFor={
                field.name === "claims"
                  ? (claim) => <ClaimBadge seen={claims.seen} claim={claim} />
                  : undefined
              }
              onChange={(changed) => {
                input.onChange(changed);
                discovery.session.edited(field.name, field.discovers === true);
                recheckOthers(parts, field.name);
              }}
              onBlur={() => {
                input.onBlur();
                if (field.discovers) discovery.session.settle();
                if (field.holdsKeys) void keys.check(form.getValues(name), values.tls_ca);
              }}
              onPaste={() => field.discovers && discovery.session.pasted()}
            />
          )}
        </Field>
      )}
    />
  );
}
