import { findApplication, indexHosts } from "@/lib/gate/host-index";
import { logoProblem } from "../custom-pages/image";
import { foldCase, parseDestination } from "./destination";
import type { ApplicationInput } from "./schema";

/** What an application's input has to agree with. */
export interface Surroundings {
  others: readonly { name: string; destinations: readonly string[] }[];
  /** Names of the console's and the team domain's hosts, without ports. */
  ownNames: readonly string[];
  loginMethods: ReadonlySet<string>;
  templates: ReadonlyMap<string, string>;
  policies: ReadonlySet<string>;
}

function destinationProblem(text: string, { others, ownNames }: Surroundings): string | null {
  const name = parseDestination(text)?.host.replace(/:\d+$/, "") ?? "";
  // Browsers send cookies to every port of a name: the application would get the console's own.
  if (ownNames.includes(name)) {
    return `${name} is Gatehouse's own name. Give the application another one, for browsers keep the cookies of a name together whatever the port`;
  }
  const folded = foldCase(text);
  const other = others.find(({ destinations }) =>
    destinations.some((one) => foldCase(one) === folded),
  );
  return other ? `${other.name} covers exactly this already` : null;
}

const covering = (texts: readonly string[]) => ({
  destinations: texts.map(parseDestination).filter((destination) => destination !== null),
});

/** Whom an application refuses, it refuses at its own addresses too. */
function denyUrlProblems(
  { destinations, settings }: ApplicationInput,
  { others }: Surroundings,
): Record<string, string[]> {
  const fields: Record<string, string[]> = {};
  const own = covering(destinations);
  const hosts = indexHosts([own, ...others.map((other) => covering(other.destinations))]);
  for (const name of ["custom_deny_url", "custom_non_identity_deny_url"] as const) {
    const url = settings[name] && new URL(settings[name]);
    if (!url || findApplication({ hosts }, url.host, url.pathname) !== own) continue;
    fields[`settings.${name}`] = [
      "This application covers this address itself, so nobody whom it refuses could read what is there. Choose an address that it does not cover, or let another application cover it with a Bypass policy",
    ];
  }
  return fields;
}

/** What is wrong with an input apart from its shape, by dotted path; null when nothing is. */
export function inputProblems(
  input: ApplicationInput,
  surroundings: Surroundings,
): Record<string, string[]> | null {
  const { destinations, settings, policies } = input;
  const fields = denyUrlProblems(input, surroundings);
  for (const [index, text] of destinations.entries()) {
    const problem = destinationProblem(text, surroundings);
    if (problem) fields[`destinations.${index}`] = [problem];
  }
  if (settings.allowed_idps.some((id) => !surroundings.loginMethods.has(id))) {
    fields["settings.allowed_idps"] = ["One of these login methods no longer exists. Choose again"];
  }
  for (const name of ["identity_denied_template", "forbidden_template"] as const) {
    const id = settings[name];
    const type = name === "forbidden_template" ? "forbidden" : "identity_denied";
    if (id && surroundings.templates.get(id) !== type) {
      fields[`settings.${name}`] = ["This page template no longer exists. Choose another"];
    }
  }
  const { logo_url: logo } = settings;
  const drawn = logo?.startsWith("data:") ? logoProblem(logo) : null;
  if (drawn) fields["settings.logo_url"] = [drawn];
  if (policies.some((id) => !surroundings.policies.has(id))) {
    fields.policies = ["One of these policies no longer exists. Take it out"];
  }
  return Object.keys(fields).length > 0 ? fields : null;
}
