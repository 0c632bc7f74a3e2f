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

/**
 * Whether a form was sent by a page of this console. Nothing but a page sends one, so a visit from
 * nowhere (`none`) is refused too; where `Sec-Fetch-Site` is not sent, every browser sends `Origin`.
 */
export function postedByConsole(headers: Headers, consoleUrl: string): boolean {
  const site = headers.get("sec-fetch-site");
  return site === null ? headers.get("origin") === consoleUrl : site === "same-origin";
}

/** Whether a browser only guesses that this will be visited. */
export const isSpeculative = (headers: Headers): boolean =>
  /prefetch|prerender|preview/.test(headers.get("sec-purpose") ?? headers.get("purpose") ?? "") ||
  headers.has("next-router-prefetch");
