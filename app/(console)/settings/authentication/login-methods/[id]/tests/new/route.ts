import * as z from "zod";
import { requireAdmin } from "@/lib/admins/require-admin";
import { env } from "@/lib/kit/env";
import { isAppError } from "@/lib/kit/errors";
import type { TestProblem } from "@/lib/test-runs/problems";
import { cameFromConsole, isSpeculative } from "@/lib/test-runs/same-site";
import { startTestRun } from "@/lib/test-runs/start";
import { startFromForm } from "./draft-test";

const go = (location: string): Response =>
  new Response(null, {
    status: 303,
    headers: { location, "cache-control": "no-store", "referrer-policy": "no-referrer" },
  });

/** Where the tab of a test begins: makes the run and sends the browser on its way. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  if (isSpeculative(request.headers)) return new Response(null, { status: 503 });
  const { id } = await params;
  const stay = (problem: TestProblem) =>
    go(
      `${env().url}/settings/authentication/login-methods/${encodeURIComponent(id)}/tests?problem=${problem}`,
    );
  try {
    const admin = await requireAdmin();
    if (!cameFromConsole(request.headers, env().url)) return stay("other_site");
    const wanted = z.uuid().safeParse(new URL(request.url).searchParams.get("run"));
    const { url } = await startTestRun(admin, id, wanted.data ?? null);
    return go(url);
  } catch (error) {
    if (!isAppError(error)) throw error;
    switch (error.code) {
      case "rate_limited":
        return stay("too_many");
      case "forbidden":
        return stay("read_only");
      case "not_found":
        return stay("gone");
      default:
        throw error;
    }
  }
}

/** The same for settings that are not saved: they come in the body, never in an address. */
export const POST = async (
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> => startFromForm(request, (await params).id);
