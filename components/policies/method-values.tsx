"use client";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import { useBuilder } from "./builder-context";
import { LINES, type RowProps, RowTags } from "./row-tags";
import { useHints } from "./use-hints";

function Method({ row, path, change }: RowProps) {
  const { methods, errors, check, readOnly } = useBuilder();
  const id = `${path}.method`;
  const gone = row.method !== "" && !methods.some((method) => method.id === row.method);
  return (
    <Field id={id} label="Login method" error={errors[id]}>
      {(aria) => (
        <Select
          {...aria}
          value={row.method}
          disabled={readOnly}
          onChange={(event) => change({ method: event.target.value })}
          onBlur={() => check(id)}
        >
          <option value="">Choose a login method</option>
          {methods.map((method) => (
            <option key={method.id} value={method.id}>
              {method.name}
            </option>
          ))}
          {gone && <option value={row.method}>Deleted ({row.method.slice(0, 8)})</option>}
        </Select>
      )}
    </Field>
  );
}

const SCIM_NOTE =
  "Groups that were pushed by SCIM are offered. A rule reads the groups of the login, so send the same groups there. In the user registry, SCIM groups overwrite login groups.";

/** Groups that a login method sends. */
export function GroupValues(props: RowProps) {
  const { groups, scim } = useHints(props.row.method);
  return (
    <div className="grid gap-3">
      <Method {...props} />
      <RowTags {...props} suggestions={groups} separators={LINES} note={scim && SCIM_NOTE} />
    </div>
  );
}

/** A claim of a login method and its values. */
export function ClaimValues(props: RowProps) {
  const { errors, check, readOnly } = useBuilder();
  const { row, path, change } = props;
  const { claims, values } = useHints(row.method);
  const id = `${path}.claim`;
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <Method {...props} />
      <Field id={id} label="Claim name" error={errors[id]}>
        {(aria) => (
          <>
            <Input
              {...aria}
              list={`${id}-names`}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              className="font-mono"
              value={row.claim}
              disabled={readOnly}
              onChange={(event) => change({ claim: event.target.value })}
              onBlur={() => check(id)}
            />
            <datalist id={`${id}-names`}>
              {claims.map(({ value, detail }) => (
                <option key={value} value={value}>
                  {detail}
                </option>
              ))}
            </datalist>
          </>
        )}
      </Field>
      <div className="min-w-0 sm:col-span-2">
        <RowTags
          {...props}
          suggestions={values.find(({ claim }) => claim === row.claim)?.hints ?? []}
          separators={LINES}
        />
      </div>
    </div>
  );
}
