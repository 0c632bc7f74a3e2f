import "server-only";
import * as z from "zod";
import { findViewer } from "@/lib/admins/require-admin";
import { toFailure } from "@/lib/kit/action";
import { AppError } from "@/lib/kit/errors";
import type { Failure } from "@/lib/kit/result";
import { type ReportFormat, reportOf } from "@/lib/test-runs/report/answer";

export interface RunParams {
  params: Promise<{ id: string; runId: string }>;
}

const STATUS: Partial<Record<Failure["code"], number>> = {
  unauthenticated: 401,
  not_found: 404,
  conflict: 409,
  internal: 500,
  unavailable: 503,
};

/** A report as a download. Whoever may read the result may have it. */
export async function sendReport(
  request: Request,
  { params }: RunParams,
  format: ReportFormat,
): Promise<Response> {
  try {
    const viewer = await findViewer();
    if (!viewer) throw new AppError("unauthenticated", "You are signed out.");
    const { id, runId } = await params;
    if (!z.uuid().safeParse(runId).success) {
      throw new AppError("not_found", "There is no such test run.");
    }
    const includeValues = new URL(request.url).searchParams.get("values") === "1";
    const report = await reportOf(viewer, { loginMethodId: id, runId, format, includeValues });
    return new Response(report.text, {
      headers: {
        "content-type": report.type,
        "content-disposition": `attachment; filename="${report.name}"`,
        "cache-control": "no-store",
      },
    });
  } catch (error) {
    const failure = toFailure(error);
    const status = STATUS[failure.code] ?? 400;
    return Response.json(failure, { status, headers: { "cache-control": "no-store" } });
  }
}
