"use client";
import { useMemo } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { TagInput } from "@/components/ui/tag-input";
import { AMR_VALUES } from "./amr";
import { type Choice, useBuilder } from "./builder-context";
import { ChoiceList } from "./choice-list";
import { allCountries, countryCode, countryLabel } from "./countries";
import { ClaimValues, GroupValues } from "./method-values";
import { type RowProps, RowTags } from "./row-tags";
import type { RowSelector } from "./rule-rows";
import { SELECTOR_WORDS } from "./selectors";
import { useHints } from "./use-hints";

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
  ip: "192.0.2.0/24",
};

function EmailDomains(props: RowProps) {
  const { domains } = useHints(null);
  return <RowTags {...props} suggestions={domains} placeholder="example.com" />;
}

/** What a row asks for beside its selector. */
export function RuleValues(props: RowProps) {
  const { methods, groups, tokens } = useBuilder();
  const { selector } = props.row;
  switch (selector) {
    case "":
      return null;
    case "email_domain":
      return <EmailDomains {...props} />;
    case "email":
    case "ip":
      return <RowTags {...props} placeholder={EXAMPLES[selector]} />;
    case "auth_method":
      return <RowTags {...props} suggestions={AMR_VALUES} placeholder="mfa" />;
    case "geo":
      return <Countries {...props} />;
    case "login_method":
      return <Choices {...props} choices={methods} />;
    case "group":
      return <Choices {...props} choices={groups} />;
    case "service_token":
      return <Choices {...props} choices={tokens} />;
    case "idp_group":
      return <GroupValues {...props} />;
    case "oidc":
      return <ClaimValues {...props} />;
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
