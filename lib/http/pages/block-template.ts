import type { PeoplePage } from "./frame";

/** What an admin's own block page may say, as `{{name}}`. */
export interface TemplateFacts {
  application: string;
  email: string;
  reference: string;
  host: string;
  organization: string;
  /** The application's own words to whom it refuses. */
  message: string;
}

export const PLACEHOLDERS = [
  "application",
  "email",
  "reference",
  "host",
  "organization",
  "message",
] as const satisfies readonly (keyof TemplateFacts)[];

/**
 * An admin's page stands on the application's or the team's own origin, where the session's cookies
 * are. So it gets an origin of its own (`sandbox`), runs nothing, sends nothing and loads nothing.
 */
export const TEMPLATE_CSP =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; frame-ancestors 'none'; base-uri 'none'; sandbox";

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  "`": "&#96;",
  "=": "&#61;",
};
const escaped = (text: string): string => text.replace(/[&<>"'`=]/g, (one) => ENTITIES[one] ?? "");

const PLACEHOLDER = /\{\{\s*([a-z_]+)\s*\}\}/g;
const isFact = (name: string): name is keyof TemplateFacts =>
  (PLACEHOLDERS as readonly string[]).includes(name);

/** Names between double braces that stand for nothing, so that they would be shown as they are. */
export const unknownPlaceholders = (template: string): string[] => [
  ...new Set(
    [...template.matchAll(PLACEHOLDER)].flatMap(([, name = ""]) => (isFact(name) ? [] : [name])),
  ),
];

/** An admin's own block page, its placeholders replaced in one pass, each value escaped. */
export function blockTemplate(template: string, facts: TemplateFacts): PeoplePage {
  const html = template.replace(PLACEHOLDER, (whole, name: string) =>
    isFact(name) ? escaped(facts[name]) : whole,
  );
  return { html, csp: TEMPLATE_CSP };
}
