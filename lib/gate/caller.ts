import type { GateQuestion } from "./question";

const DOCUMENTS = new Set(["document", "iframe", "frame"]);

/** Whether a browser asks for what a person looks at, going by Sec-Fetch-Dest (Fetch Metadata §2.1). */
export const isDocument = (destination: string | undefined): boolean =>
  destination === undefined || DOCUMENTS.has(destination);

/**
 * Whether a person's browser asks for a page, which can be led to sign in; anything else is told with
 * a status. Fetch Metadata where the browser sends it, else what is accepted.
 */
export function wantsPage({ header }: Pick<GateQuestion, "header">): boolean {
  if (header("x-requested-with")?.toLowerCase() === "xmlhttprequest") return false;
  const mode = header("sec-fetch-mode");
  if (mode !== undefined) {
    return mode === "navigate" && isDocument(header("sec-fetch-dest"));
  }
  if (header("upgrade") !== undefined) return false;
  return /\btext\/html\b|\bapplication\/xhtml\+xml\b/i.test(header("accept") ?? "");
}

/** A browser's question whether a request of another origin would be taken (CORS, Fetch §4.8). */
export const isPreflight = ({ method, header }: Pick<GateQuestion, "method" | "header">): boolean =>
  method === "OPTIONS" &&
  header("origin") !== undefined &&
  header("access-control-request-method") !== undefined;
