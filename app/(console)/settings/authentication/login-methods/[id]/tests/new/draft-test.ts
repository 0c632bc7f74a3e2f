import "server-only";
import * as z from "zod";
import { asAdmin, notSignedIn } from "@/lib/admins/capability";
import { findViewer } from "@/lib/admins/require-admin";
import { findConnector } from "@/lib/connectors";
import { type PlainPage, plainPage } from "@/lib/http/plain-page";
import { toFailure } from "@/lib/kit/action";
import { env } from "@/lib/kit/env";
import { AppError } from "@/lib/kit/errors";
import type { Failure } from "@/lib/kit/result";
import { postedByConsole } from "@/lib/test-runs/same-site";
import { type DraftTest, draftTestSchema, startDraftTest } from "@/lib/test-runs/start-draft";
import { readForm } from "./read-form";

const STATUS: Partial<Record<Failure["code"], number>> = {
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  rate_limited: 429,
  internal: 500,
  unavailable: 503,
};

/** Its security policy is set by proxy.ts, which comes before any header of a route. */
const answer = (page: PlainPage, status: number): Response =>
  new Response(plainPage(page).html, {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
    },
  });

/** Field issues with the label that stands over the field. */
function issuesOf({ fields = {} }: Failure, kind: string | undefined): string[] {
  const known = (kind && findConnector(kind)?.fields) || [];
  return Object.entries(fields).flatMap(([path, messages = []]) => {
    const field = known.find(({ name }) => path === `config.${name}`);
    const label = field?.label ?? (path === "name" ? "Name" : null);
    return messages.slice(0, 1).map((said) => (label ? `${label}: ${said}` : said));
  });
}

function refusal(failure: Failure, kind: string | undefined): Response {
  const issues = issuesOf(failure, kind);
  const page: PlainPage = {
    title: "This test was not started",
    why: failure.message,
    fixes: [
      ...(issues.length > 0 ? issues : [failure.fix ?? "Choose Test again."]),
      "What you entered is still in the form, in the tab where you chose Test. You can close this one.",
    ],
    ...(failure.ref && { reference: failure.ref }),
  };
  return answer(page, STATUS[failure.code] ?? 400);
}

async function testOf(request: Request): Promise<DraftTest> {
  if (!postedByConsole(request.headers, env().url)) {
    throw new AppError("forbidden", "The form did not come from a page of this console.", {
      fix: "Open the login method in the console and choose Test there.",
    });
  }
  const parsed = draftTestSchema.safeParse(await readForm(request));
  if (parsed.success) return parsed.data;
  throw new AppError("invalid_input", "What was sent does not describe a test.", {
    fix: "Load the form again and choose Test.",
  });
}

/**
 * Where the tab of a test of unsaved settings begins. It answers with a page that goes on by itself:
 * a form whose answer redirects to another origin is stopped by its own page's `form-action`.
 */
export async function startFromForm(request: Request, id: string): Promise<Response> {
  let kind: string | undefined;
  try {
    const viewer = await findViewer();
    if (!viewer) throw notSignedIn();
    const admin = asAdmin(viewer);
    const test = await testOf(request);
    kind = "settings" in test ? test.settings.kind : undefined;
    if (!z.uuid().safeParse(id).success) throw new AppError("not_found", "There is no such form.");
    const { url } = await startDraftTest(admin, id, test);
    const link = { href: url, label: "Go on" };
    const why = "Your browser goes on to your provider by itself.";
    return answer({ title: "The test begins", why, fixes: [], goTo: url, link }, 200);
  } catch (error) {
    return refusal(toFailure(error), kind);
  }
}
