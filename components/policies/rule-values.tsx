"use client";
import { useMemo } from "react";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import { TagInput } from "@/components/ui/tag-input";
import type { Suggestion } from "@/components/ui/tag-values";
import { AMR_VALUES } from "./amr";
import { type Choice, useBuilder } from "./builder-context";
import { ChoiceList } from "./choice-list";
import { allCountries, countryCode, countryLabel } from "./countries";
import type { RowSelector, RuleRow } from "./rule-rows";
import { SELECTOR_WORDS } from "./selectors";
import { useHints } from "./use-hints";

export interface RowProps {
  row: RuleRow;
  /** Dotted path of the row, such as `include.0`. */
  path: string;
  change: (changes: Partial<RuleRow>) => void;
}

/** Values that may hold a comma, such as names of a directory, end with a line. */
const LINES = /[\n\r]/;
const MOST_VALUES = 500;

interface TagsProps extends RowProps {
  suggestions?: readonly Suggestion[];
  placeholder?: string;
  separators?: RegExp;
}

function Tags({ row, path, change, suggestions, placeholder, separators }: TagsProps) {
  const { errors, check, readOnly } = useBuilder();
  const words = row.selector === "" ? null : SELECTOR_WORDS[row.selector];
  const id = `${path}.values`;
  return (
    <Field id={id} label={words?.values ?? "Values"} help={words?.help} error={errors[id]}>
      {(aria) => (
        <TagInput
          {...aria}
          value={row.values}
          onChange={(values) => change({ values })}
          onBlur={() => check(id)}
          suggestions={suggestions}
          placeholder={row.values.length === 0 ? placeholder : undefined}
          max={MOST_VALUES}
          disabled={readOnly}
          {...(separators && { separators })}
        />
      )}
    </Field>
  );
}

function Countries(props: RowProps) {
  const { errors, check, readOnly } = useBuilder();
  const { row, path, change } = props;
  const all = useMemo(() => allCountries(), []);
  const id = `${path}.values`;
  return (
    <Field id={id} label="Countries" help={SELECTOR_WORDS.geo.help} error={errors[id]}>
      {(aria) => (
        <TagInput
          {...aria}
          value={row.values.map(countryLabel)}
          onChange={(labels) =>
            change({ values: [...new Set(labels.map((label) => countryCode(label, all)))] })
          }
          onBlur={() => check(id)}
          suggestions={all}
          placeholder={row.values.length === 0 ? "New Zealand, or NZ" : undefined}
          disabled={readOnly}
        />
      )}
    </Field>
  );
}

const EMPTY_LISTS: Partial<Record<RowSelector, string>> = {
  login_method: "There are no login methods yet.",
  group: "There are no access groups yet.",
  service_token: "There are no service tokens yet.",
};

function Choices({ row, path, change, choices }: RowProps & { choices: readonly Choice[] }) {
  const { errors, check, readOnly } = useBuilder();
  if (row.selector === "") return null;
  const id = `${path}.values`;
  return (
    <ChoiceList
      id={id}
      legend={SELECTOR_WORDS[row.selector].values ?? "Values"}
      empty={EMPTY_LISTS[row.selector] ?? ""}
      choices={choices}
      value={row.values}
      onChange={(values) => change({ values })}
      onBlur={() => check(id)}
      disabled={readOnly}
      error={errors[id]}
    />
  );
}

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

function Groups(props: RowProps) {
  const { groups } = useHints(props.row.method);
  return (
    <div className="grid gap-3">
      <Method {...props} />
      <Tags {...props} suggestions={groups} separators={LINES} />
    </div>
  );
}

function Claim(props: RowProps) {
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
        <Tags
          {...props}
          suggestions={(values[row.claim] ?? []).map((value) => ({ value }))}
          separators={LINES}
        />
      </div>
    </div>
  );
}

const URLS = [
  {
    part: "evaluateUrl",
    label: "Evaluate URL",
    help: "Gets a signed question about the person, and answers with a signed yes or no.",
    placeholder: "https://evaluate.example.com/",
  },
  {
    part: "keysUrl",
    label: "Keys URL",
    help: "The public keys (RSA) that the answers are checked with.",
    placeholder: "https://evaluate.example.com/keys",
  },
] as const;

function Evaluation({ row, path, change }: RowProps) {
  const { errors, check, readOnly } = useBuilder();
  return (
    <div className="grid gap-3">
      <p className="text-muted">{SELECTOR_WORDS.external_evaluation.help}</p>
      {URLS.map(({ part, placeholder, ...words }) => (
        <Field key={part} id={`${path}.${part}`} error={errors[`${path}.${part}`]} {...words}>
          {(aria) => (
            <Input
              {...aria}
              type="url"
              placeholder={placeholder}
              value={row[part]}
              disabled={readOnly}
              onChange={(event) => change({ [part]: event.target.value })}
              onBlur={() => check(`${path}.${part}`)}
            />
          )}
        </Field>
      ))}
    </div>
  );
}

const EXAMPLES: Partial<Record<RowSelector, string>> = {
  email: "ada@example.com",
  email_domain: "example.com",
  ip: "192.0.2.0/24",
};

/** What a row asks for beside its selector. */
export function RuleValues(props: RowProps) {
  const { methods, groups, tokens } = useBuilder();
  const { selector } = props.row;
  switch (selector) {
    case "":
      return null;
    case "email":
    case "email_domain":
    case "ip":
      return <Tags {...props} placeholder={EXAMPLES[selector]} />;
    case "auth_method":
      return <Tags {...props} suggestions={AMR_VALUES} placeholder="mfa" />;
    case "geo":
      return <Countries {...props} />;
    case "login_method":
      return <Choices {...props} choices={methods} />;
    case "group":
      return <Choices {...props} choices={groups} />;
    case "service_token":
      return <Choices {...props} choices={tokens} />;
    case "idp_group":
      return <Groups {...props} />;
    case "oidc":
      return <Claim {...props} />;
    case "external_evaluation":
      return <Evaluation {...props} />;
    case "everyone":
    case "any_valid_service_token":
      return <p className="text-muted sm:pt-8">{SELECTOR_WORDS[selector].help}</p>;
    case "unknown":
      return (
        <p className="text-muted">
          {SELECTOR_WORDS.unknown.help}{" "}
          <code className="break-all font-mono text-[0.8125rem]">{props.row.values[0]}</code>
        </p>
      );
  }
}
