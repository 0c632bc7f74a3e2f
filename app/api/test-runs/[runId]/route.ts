import * as z from "zod";
import { asAdmin } from "@/lib/admins/capability";
import { findViewer } from "@/lib/admins/require-admin";
import { toFailure } from "@/lib/kit/action";
import type { Viewer } from "@/lib/kit/actor";
import { AppError } from "@/lib/kit/errors";
import type { Failure } from "@/lib/kit/result";
import { cancelTestRun, getTestRun } from "@/lib/test-runs/store";

type Params = { params: Promise<{ runId: string }> };

const STATUS: Partial<Record<Failure["code"], number>> = {
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  internal: 500,
  unavailable: 503,
};

async function answer(
  { params }: Params,
  read: (viewer: Viewer, runId: string) => Promise<unknown>,
): Promise<Response> {
  const headers = { "cache-control": "no-store" };
  try {
    const viewer = await findViewer();
    if (!viewer) throw new AppError("unauthenticated", "You are signed out.");
    const runId = z.uuid().safeParse((await params).runId);
    if (!runId.success) throw new AppError("not_found", "There is no such test run.");
    return Response.json(await read(viewer, runId.data), { headers });
  } catch (error) {
    const failure = toFailure(error);
    return Response.json(failure, { status: STATUS[failure.code] ?? 400, headers });
  }
}

/**
 * A run as it stands. The tab that pressed Test asks before the other tab has made the run: with
 * `?awaited` a run that is not there is 204, not an error.
 */
export async function GET(request: Request, context: Params): Promise<Response> {
  const response = await answer(context, getTestRun);
  const awaited = new URL(request.url).searchParams.has("awaited");
  return response.status === 404 && awaited ? new Response(null, { status: 204 }) : response;
}

/** Cancels a run. A browser sends DELETE to another origin only after asking, and is never allowed. */
export const DELETE = (_request: Request, context: Params): Promise<Response> =>
  answer(context, async (viewer, runId) => ({
    cancelled: await cancelTestRun(asAdmin(viewer), runId),
  }));
