import * as z from "zod";
import { findViewer } from "@/lib/admins/require-admin";
import { findConnector } from "@/lib/connectors";
import { framedPolicy, previewPage, previewSchema } from "@/lib/custom-pages/preview";
import type { PeoplePage } from "@/lib/http/pages/frame";
import { plainPage } from "@/lib/http/plain-page";
import { securityHeaders } from "@/lib/http/security-headers";
import { toFailure } from "@/lib/kit/action";
import type { Viewer } from "@/lib/kit/actor";
import { env } from "@/lib/kit/env";
import { listLoginMethods } from "@/lib/login-methods/store";
import { installation } from "@/lib/team/store";
import { postedByConsole } from "@/lib/test-runs/same-site";

/** A logo, a page, and room for what JSON adds. */
const MAX_LENGTH = 400_000;

const framed = ({ html, csp }: PeoplePage, status = 200): Response =>
  new Response(html, {
    status,
    headers: {
      ...securityHeaders({ https: env().url.startsWith("https:"), framed: true }),
      "Content-Security-Policy": framedPolicy(csp),
      "Content-Type": "text/html; charset=utf-8",
      "Cache-Control": "no-store",
    },
  });

const refuse = (status: number, title: string, why: string, fix: string): Response =>
  framed(plainPage({ title, why, fixes: [fix] }), status);

async function factsFor(viewer: Viewer) {
  const [{ teamName }, methods] = await Promise.all([installation(), listLoginMethods(viewer)]);
  const shown = methods.filter(({ enabled }) => enabled);
  return {
    teamName: teamName ?? "team",
    methods: shown.map(({ id, name, kind }) => {
      const label = findConnector(kind)?.label ?? kind;
      return { id, name, kind, label };
    }),
  };
}

const json = z
  .string()
  .max(MAX_LENGTH)
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue({ code: "custom", message: "Not JSON" });
      return z.NEVER;
    }
  });

async function draw(request: Request): Promise<Response> {
  // What is drawn is whatever was sent: only the console's own editor may have it drawn, in its frame.
  const destination = request.headers.get("sec-fetch-dest");
  if (!postedByConsole(request.headers, env().url) || (destination ?? "iframe") !== "iframe") {
    const why = "Only the console's own editor can ask for it.";
    return refuse(403, "This preview is not shown here", why, "Open Custom Pages in the console.");
  }
  const viewer = await findViewer();
  if (!viewer) {
    const why = "Your session is over. What you typed is still there.";
    return refuse(401, "You are signed out", why, "Sign in again in another tab, then go on here.");
  }
  const sent = json.pipe(previewSchema).safeParse((await request.formData()).get("draft"));
  if (!sent.success) {
    const why = "There is too much of it, or something is missing.";
    return refuse(400, "This cannot be drawn", why, "Make it shorter.");
  }
  return framed(previewPage(sent.data, await factsFor(viewer)));
}

/** Draws a draft of a page for the frame beside its editor. */
export async function POST(request: Request): Promise<Response> {
  try {
    return await draw(request);
  } catch (error) {
    const { message, fix } = toFailure(error);
    return refuse(500, "The preview failed", message, fix ?? "Try again.");
  }
}
