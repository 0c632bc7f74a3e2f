import { connection } from "next/server";
import { findViewer } from "@/lib/admins/require-admin";
import type { Viewer } from "@/lib/kit/actor";
import { EXPORT_TYPES, type ExportFormat, type TableExport } from "@/lib/log-export/table";

interface Log<Entry> {
  /** Of the file, without its ending. */
  name: string;
  table: TableExport<Entry>;
  /** What the query of the address finds, page by page. */
  read: (viewer: Viewer, query: Record<string, string>) => AsyncGenerator<Entry[]>;
}

function fileOf<Entry>(
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

/** A log as a file, page by page as it is read. */
export const exportLog =
  <Entry>(format: ExportFormat, { name, table, read }: Log<Entry>) =>
  async (request: Request): Promise<Response> => {
    await connection();
    const viewer = await findViewer();
    const headers = { "cache-control": "no-store" };
    if (!viewer) return Response.json({ message: "You are signed out." }, { status: 401, headers });
    const query = Object.fromEntries(new URL(request.url).searchParams);
    return new Response(fileOf(format, table, read(viewer, query)), {
      headers: {
        ...headers,
        "content-type": EXPORT_TYPES[format],
        "content-disposition": `attachment; filename="${name}.${format}"`,
      },
    });
  };
