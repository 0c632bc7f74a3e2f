import { connection } from "next/server";
import { eachAccess } from "@/lib/access-log/each-access";
import { EXPORT_TYPES, type ExportFormat, exportHead, exportLine } from "@/lib/access-log/export";
import { accessQuerySchema } from "@/lib/access-log/schema";

import { findViewer } from "@/lib/admins/require-admin";

/** The Access log as a file, page by page as it is read. */
export async function exportAccess(request: Request, format: ExportFormat): Promise<Response> {
  await connection();
  const viewer = await findViewer();
  const headers = { "cache-control": "no-store" };
  if (!viewer) return Response.json({ message: "You are signed out." }, { status: 401, headers });
  const query = accessQuerySchema.parse(Object.fromEntries(new URL(request.url).searchParams));
  const pages = eachAccess(viewer, { ...query, before: undefined });
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(exportHead(format))),
    async pull(controller) {
      const { value, done } = await pages.next();
      if (done) return controller.close();
      const lines = value.map((entry) => exportLine(format, entry));
      controller.enqueue(encoder.encode(lines.join("")));
    },
  });
  return new Response(body, {
    headers: {
      ...headers,
      "content-type": EXPORT_TYPES[format],
      "content-disposition": `attachment; filename="access-log.${format}"`,
    },
  });
}
