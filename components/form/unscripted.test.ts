import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

/** The opening tags of the forms of a file, up to their first child. */
const forms = (source: string): string[] => source.match(/<form\b[^<]*/g) ?? [];

const found = readdirSync("components", { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".tsx"))
  .flatMap((file) =>
    forms(readFileSync(join("components", file), "utf8")).map((tag) => ({ file, tag })),
  );

// A form without a method is sent as GET: a password or a secret would stand in the address, in the
// history and in the logs of every proxy.
it.each(found)("password in the address: a press before the script has loaded, $file", ({ tag }) =>
  expect(tag).toMatch(/method="post"|\baction=/),
);

it("finds the forms", () => expect(found.length).toBeGreaterThan(8));
