import type { ExportFormat, TableExport } from "./table";

/** A log as the bytes of a file, each page read when the one before was taken. */
export function streamOf<Entry>(
  format: ExportFormat,
  table: TableExport<Entry>,
  pages: AsyncGenerator<Entry[]>,
) {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(table.head(format))),
    async pull(controller) {
      const { value, done } = await pages.next();
      if (done) return controller.close();
      const lines = value.map((entry) => table.line(format, entry));
      controller.enqueue(encoder.encode(lines.join("")));
    },
    async cancel() {
      await pages.return(undefined);
    },
  });
}
