import { isJsonObject } from "../input/safe-json";
import type { ClientTraits, Quirk } from "./quirk";

const operators = new Set<unknown>(["Add", "Remove", "Replace"]);

/** Operators with a capital: what Entra sends without aadOptscim062020, and nobody else is known to. */
function hasCapitalOperators({ body }: ClientTraits): boolean {
  const operations = isJsonObject(body) ? body.Operations : null;
  return (
    Array.isArray(operations) &&
    operations.some((operation) => isJsonObject(operation) && operators.has(operation.op))
  );
}

/** Its flags stand in the tenant URL, so in every request (Microsoft: SCIM compatibility). */
export const entra: Quirk = {
  id: "entra",
  name: "Microsoft Entra ID",
  isSender: (traits) =>
    /\b(?:azure|entra|microsoft)/i.test(traits.userAgent ?? "") ||
    /(?:^|&)(?:aadOptscim062020|AzureAdScimPatch2017)\b/i.test(traits.query ?? "") ||
    hasCapitalOperators(traits),
  liberties: [
    "Writes Add, Remove and Replace with a capital.",
    'Writes "True" and "False" for booleans.',
    "Removes members by a list in value instead of a filter in path.",
    "Replaces one part of a value that is not there yet, and means to make it.",
    "Sends paths as names inside of a replace without path (aadOptscim062020).",
    "Names attributes of the enterprise extension by their whole URN.",
    "Sends the id of a manager as a bare text.",
    'Picks a role by [primary eq "True"].',
    'Wraps a single value as [{"value": …}].',
  ],
};
