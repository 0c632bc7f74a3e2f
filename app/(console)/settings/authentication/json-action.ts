import "server-only";
import type { Result } from "@/lib/kit/result";
import { cameFromConsole } from "@/lib/test-runs/same-site";

const MAX_BYTES = 32_768;

const refuse = (status: number, message: string): Response =>
  Response.json({ ok: false, code: "invalid_input", message } satisfies Result<never>, { status });

async function bodyOf(request: Request, maxBytes: number): Promise<unknown> {
  let text = "";
  const decoder = new TextDecoder();
  for await (const chunk of request.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > maxBytes) return undefined;
  }
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A server action by another door, for what must not wait its turn behind one. */
export async function jsonAction<I>(
  request: Request,
  consoleUrl: string,
  action: (input: I) => Promise<Result<unknown>>,
  maxBytes = MAX_BYTES,
): Promise<Response> {
  const isJson = /^application\/json\b/.test(request.headers.get("content-type") ?? "");
  if (!isJson || !cameFromConsole(request.headers, consoleUrl)) {
    return refuse(403, "Only the console's own pages may ask this.");
  }
  const body = await bodyOf(request, maxBytes);
  if (body === undefined) return refuse(400, "The request holds no JSON, or too much of it.");
  return Response.json(await action(body as I), { headers: { "cache-control": "no-store" } });
}
