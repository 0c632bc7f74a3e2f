import { expect, it } from "vitest";
import { tableExport } from "./table";

const { head, line } = tableExport<{ text: string | number | null }>({
  text: ({ text }) => text,
  fixed: () => "x",
});

it.each<[string, string | number | null, string]>([
  ["plain text", "Wiki", "Wiki"],
  ["nothing", null, ""],
  ["a negative number", -1, "-1"],
  ["a comma and quotes", 'Wiki, "new"', '"Wiki, ""new"""'],
  ["a line break", "a\r\nb", '"a\r\nb"'],
  ["a formula", "=1+1", "'=1+1"],
  ["a formula in quotes", '=HYPERLINK("x")', `"'=HYPERLINK(""x"")"`],
  ["a plus", "+1", "'+1"],
  ["a minus", "-1", "'-1"],
  ["an at", "@SUM(A1)", "'@SUM(A1)"],
  ["a tab", "\t=1", "'\t=1"],
  ["a carriage return", "\r=1", `"'\r=1"`],
  ["a line feed", "\n=1", `"'\n=1"`],
  ["a full-width sign", "＝1", "'＝1"],
])("CSV: %s is text, never a formula", (_, text, written) => {
  expect(line("csv", { text })).toBe(`${written},x\r\n`);
});

it("CSV begins with its column names, NDJSON with the first entry", () => {
  expect(head("csv")).toBe("text,fixed\r\n");
  expect(head("ndjson")).toBe("");
  expect(line("ndjson", { text: "a\nb" })).toBe('{"text":"a\\nb"}\n');
});
