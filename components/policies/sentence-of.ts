import { type Names, namesOf } from "@/lib/policies/names";
import { isRule } from "@/lib/policies/rules";
import { policySentence } from "@/lib/policies/sentence";
import type { Builder, Choice, RuleLibrary } from "./builder-context";
import { rulesOfRow } from "./compile-rows";
import type { RuleRow } from "./rule-rows";

const byId = (all: readonly Choice[]): Record<string, string> =>
  Object.fromEntries(all.map(({ id, name }) => [id, name]));

const namesIn = ({ methods, groups, tokens }: RuleLibrary): Names =>
  namesOf({ loginMethods: byId(methods), ruleGroups: byId(groups), serviceTokens: byId(tokens) });

/** What the rules say as they stand; those that lack something are left out until they have it. */
export function sentenceOf(builder: Builder): string {
  const { rows, methods, decision } = builder;
  const rulesOf = (list: readonly RuleRow[]) =>
    list.flatMap((row) => rulesOfRow(row, methods).map(({ rule }) => rule)).filter(isRule);
  const sentence = policySentence(
    {
      decision: decision ?? "allow",
      include: rulesOf(rows.include),
      require: rulesOf(rows.require),
      exclude: rulesOf(rows.exclude),
    },
    namesIn(builder),
  );
  // An access group has no action.
  return decision === null ? groupWords(sentence) : sentence;
}

/** The sentence of an Allow policy as one of an access group. */
export const groupWords = (sentence: string): string => sentence.replace(/^Allow /, "Matches ");
