/**
 * Whether a visit that starts something came from this console. Browsers say so in `Sec-Fetch-Site`
 * on https and localhost; on plain http elsewhere they send nothing, and the Referer must do.
 */
export function cameFromConsole(headers: Headers, consoleUrl: string): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== null) return site === "same-origin" || site === "none";
  const referer = headers.get("referer");
  return referer !== null && URL.canParse(referer) && new URL(referer).origin === consoleUrl;
}

/** Whether a browser only guesses that this will be visited. */
export const isSpeculative = (headers: Headers): boolean =>
  /prefetch|prerender|preview/.test(headers.get("sec-purpose") ?? headers.get("purpose") ?? "") ||
  headers.has("next-router-prefetch");
