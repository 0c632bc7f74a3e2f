"use client";
import { Disclosure } from "@/components/ui/disclosure";
import { RULE_SETS } from "@/lib/policies/schema";
import { useBuilder } from "./builder-context";
import { RuleSetFields } from "./rule-set-fields";
import { notOffered } from "./selectors";

/** Include, Require and Exclude, and why some selectors are not on the list. */
export function RulesBuilder() {
  const { decision } = useBuilder();
  return (
    <>
      <div className="divide-y divide-line">
        {RULE_SETS.map((set) => (
          <RuleSetFields key={set} set={set} />
        ))}
      </div>
      <div className="mt-4">
        <Disclosure summary="Selectors that are not on the list">
          <dl className="grid gap-2">
            {notOffered(decision).map(({ labels, why }) => (
              <div key={why}>
                <dt className="font-medium">{labels.join(", ")}</dt>
                <dd className="text-muted">{why}</dd>
              </div>
            ))}
          </dl>
        </Disclosure>
      </div>
    </>
  );
}
