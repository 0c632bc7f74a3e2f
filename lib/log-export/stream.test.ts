import { expect, it } from "vitest";
import { eachPage } from "./each-page";
import { streamOf } from "./stream";
import { tableExport } from "./table";

const table = tableExport<number>({ n: (n) => n });

/** A log of so many entries, the newest with the highest id, that counts its pages. */
function logOf(entries: number) {
  const read: (number | undefined)[] = [];
  const pages = eachPage(2, async (before) => {
    read.push(before);
    const newest = (before ?? entries + 1) - 1;
    const page = [newest, newest - 1].filter((id) => id > 0);
    return { entries: page, next: newest > 2 ? newest - 1 : null };
  });
  return { read, pages };
}

it.each([
  [0, "n\r\n"],
  [2, "n\r\n2\r\n1\r\n"],
  [5, "n\r\n5\r\n4\r\n3\r\n2\r\n1\r\n"],
])("a log of %i entries is written whole, newest first, each once", async (entries, written) => {
  const { pages } = logOf(entries);
  expect(await new Response(streamOf("csv", table, pages)).text()).toBe(written);
});

it("who stops the download stops the reading", async () => {
  const { pages, read } = logOf(1_000);
  const reader = streamOf("ndjson", table, pages).getReader();
  await reader.read();
  await reader.read();
  await reader.cancel();
  expect(await pages.next()).toEqual({ value: undefined, done: true });
  expect(read.length).toBeLessThan(5);
});

it("a file ends at 100,000 entries", async () => {
  const pages = eachPage(50_000, async () => ({ entries: [1], next: 1 }));
  let count = 0;
  for await (const _ of pages) count += 1;
  expect(count).toBe(2);
});

it("a log that cannot be read breaks the download off, so that no file looks whole", async () => {
  const pages = eachPage<number>(2, () => Promise.reject(new Error("the database is away")));
  await expect(new Response(streamOf("csv", table, pages)).text()).rejects.toThrow();
});
