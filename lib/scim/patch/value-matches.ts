import type { Filter } from "../filter/filter";
import { asObject } from "../input/safe-json";

const text = (value: unknown) => String(value ?? "").toLowerCase();

/** Whether a filter in brackets chooses this one value. */
export function valueMatches(filter: Filter, value: unknown): boolean {
  switch (filter.kind) {
    case "and":
      return filter.operands.every((each) => valueMatches(each, value));
    case "or":
      return filter.operands.some((each) => valueMatches(each, value));
    case "not":
      return !valueMatches(filter.operand, value);
    case "value":
      return false;
    case "present":
      return asObject(value)[filter.path.name ?? ""] !== undefined;
    case "compare": {
      const [has, wants] = [text(asObject(value)[filter.path.name ?? ""]), text(filter.value)];
      const tests = {
        eq: has === wants,
        ne: has !== wants,
        co: has.includes(wants),
        sw: has.startsWith(wants),
        ew: has.endsWith(wants),
        gt: has > wants,
        ge: has >= wants,
        lt: has < wants,
        le: has <= wants,
      };
      return tests[filter.operator];
    }
  }
}
