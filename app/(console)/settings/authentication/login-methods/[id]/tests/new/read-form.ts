import "server-only";
import { AppError } from "@/lib/kit/errors";

/** Settings with a CA bundle and a client certificate, encoded, and room to spare. */
const MAX_BYTES = 262_144;

/** The fields of a form that a browser sent, the last of each name. AppError `invalid_input`. */
export async function readForm(request: Request): Promise<Record<string, string>> {
  const type = request.headers.get("content-type") ?? "";
  if (!/^application\/x-www-form-urlencoded\b/i.test(type)) {
    throw new AppError("invalid_input", "This is not the answer of a form.");
  }
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of request.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length <= MAX_BYTES) continue;
    throw new AppError("invalid_input", `The settings are larger than ${MAX_BYTES} bytes.`, {
      fix: "Shorten what was pasted, such as a bundle of certificates that are not needed.",
    });
  }
  return Object.fromEntries(new URLSearchParams(text));
}
