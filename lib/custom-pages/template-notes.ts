import { unknownPlaceholders } from "@/lib/http/pages/block-template";

const NOTES: readonly [RegExp, string][] = [
  [/<script|\son\w+\s*=|javascript:/i, "Scripts do not run on this page."],
  [/<form|<input|<button/i, "Forms send nothing from this page. Use links."],
  [
    /<link\b|@import|(?:src|srcset|poster)\s*=\s*["']?\s*(?:https?:)?\/\/|url\(\s*["']?\s*(?:https?:)?\/\//i,
    "Nothing is loaded from another address: put styles into <style>, and images into data: addresses.",
  ],
  [/<iframe|<object|<embed/i, "Other pages and plug-ins are not shown inside this one."],
];

/** What of a template will not work as its author may expect, in sentences. */
export function templateNotes(html: string): string[] {
  const unknown = unknownPlaceholders(html);
  const notes = NOTES.flatMap(([pattern, note]) => (pattern.test(html) ? [note] : []));
  if (unknown.length > 0) {
    const names = unknown.map((name) => `{{${name}}}`).join(", ");
    notes.push(`${names} stands for nothing, and is shown as it is.`);
  }
  if (html && !/\{\{\s*reference\s*\}\}/.test(html)) {
    notes.push("Without {{reference}}, nobody who asks for help can say which refusal they mean.");
  }
  return notes;
}

/** What a new template begins with. */
export const FIRST_HTML = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>No access to {{application}}</title>
<style>
  body { font: 1rem/1.5 system-ui, sans-serif; max-width: 36rem; margin: 10vh auto; padding: 0 1rem; }
</style>
</head>
<body>
<h1>No access to {{application}}</h1>
<p>{{email}} may not open this application. {{message}}</p>
<p>If you need it, ask {{organization}} and give them this reference: <strong>{{reference}}</strong></p>
</body>
</html>
`;
