/** The cookie that ties a run to the browser that began it: one per run, so that tabs do not meet. */
export const bindingCookieName = (runId: string, secure: boolean): string =>
  `${secure ? "__Secure-" : ""}gatehouse_test_${runId.replaceAll("-", "")}`;

/** Outlives the run, so that a replay from the same browser still finds its result. */
const MAX_AGE_SECONDS = 15 * 60;

/**
 * `Set-Cookie` for a run. Lax, because the provider's redirect comes from another site; sent to
 * nothing but the callback.
 */
export function bindingCookie(runId: string, token: string, callbackUrl: string): string {
  const { protocol, pathname } = new URL(callbackUrl);
  const secure = protocol === "https:";
  return [
    `${bindingCookieName(runId, secure)}=${token}`,
    `Path=${pathname}`,
    `Max-Age=${MAX_AGE_SECONDS}`,
    "HttpOnly",
    "SameSite=Lax",
    ...(secure ? ["Secure"] : []),
  ].join("; ");
}

/** The run's token from a `Cookie` header. Two cookies of the name are as good as none. */
export function readBindingCookie(
  header: string | null,
  runId: string,
  callbackUrl: string,
): string | undefined {
  const name = bindingCookieName(runId, callbackUrl.startsWith("https:"));
  const values = (header ?? "").split(";").flatMap((pair) => {
    const at = pair.indexOf("=");
    return at > 0 && pair.slice(0, at).trim() === name ? [pair.slice(at + 1).trim()] : [];
  });
  return values.length === 1 ? values[0] : undefined;
}
