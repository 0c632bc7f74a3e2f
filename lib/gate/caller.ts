import type { GateQuestion } from "./question";

/** Documents that a person looks at (Fetch Metadata, Sec-Fetch-Dest). */
const DOCUMENTS = new Set(["document", "iframe", "frame"]);

/**
 * Whether a person's browser asks for a page, which can be led to sign in; anything else is told with
 * a status. Fetch Metadata where the browser sends it, else what is accepted.
 */
export function wantsPage({ header }: Pick<GateQuestion, "header">): boolean {
  if (header("x-requested-with")?.toLowerCase() === "xmlhttprequest") return false;
  const mode = header("sec-fetch-mode");
  if (mode !== undefined) {
    const dest = header("sec-fetch-dest");
    return mode === "navigate" && (dest === undefined || DOCUMENTS.has(dest));
  }
  if (header("upgrade") !== undefined) return false;
  return /\btext\/html\b|\bapplication\/xhtml\+xml\b/i.test(header("accept") ?? "");
}

/** A browser's question whether a request of another origin would be taken (CORS, Fetch §4.8). */
export const isPreflight = ({ method, header }: Pick<GateQuestion, "method" | "header">): boolean =>
  method === "OPTIONS" &&
  header("origin") !== undefined &&
  header("access-control-request-method") !== undefined;
