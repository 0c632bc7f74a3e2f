import { connection } from "next/server";
import { findViewer } from "@/lib/admins/require-admin";
import type { Viewer } from "@/lib/kit/actor";
import { streamOf } from "@/lib/log-export/stream";
import { EXPORT_TYPES, type ExportFormat, type TableExport } from "@/lib/log-export/table";

interface Log<Entry> {
  /** Of the file, without its ending. */
  name: string;
  table: TableExport<Entry>;
  /** What the query of the address finds, page by page. */
  read: (viewer: Viewer, query: Record<string, string>) => AsyncGenerator<Entry[]>;
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
    return new Response(streamOf(format, table, read(viewer, query)), {
      headers: {
        ...headers,
        "content-type": EXPORT_TYPES[format],
        "content-disposition": `attachment; filename="${name}.${format}"`,
      },
    });
  };
