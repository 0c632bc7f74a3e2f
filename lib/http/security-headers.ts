/**
 * The Content-Security-Policy of every page, as a header value.
 * `nonce` is base64 and new for each response; `dev` adds what `next dev` needs to reload modules.
 * `frame` is the one address that may stand in a frame, which brings a policy of its own.
 * Nothing may come from another origin, and no style attribute or script without the nonce runs.
 */
export function contentSecurityPolicy({
  nonce,
  frame = "'none'",
  dev = false,
}: {
  nonce: string;
  frame?: string;
  dev?: boolean;
}) {
  const directives = {
    "default-src": "'self'",
    "script-src": `'self' 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ""}`,
    // The overlay of `next dev` injects styles without a nonce.
    "style-src": dev ? "'self' 'unsafe-inline'" : `'self' 'nonce-${nonce}'`,
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": `'self'${dev ? " ws: wss:" : ""}`,
    "form-action": "'self'",
    "frame-src": frame,
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "object-src": "'none'",
  };
  return Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join("; ");
}

/**
 * The headers that go with every answer, pages or not. `https` says whether the public origin is
 * https: only then may a browser be told to remember it (HSTS), or a plain installation locks itself out.
 * `framed` is for what the console shows in a frame of its own.
 */
export function securityHeaders({
  https,
  framed = false,
}: {
  https: boolean;
  framed?: boolean;
}): Record<string, string> {
  return {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": framed ? "SAMEORIGIN" : "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy":
      "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    ...(https && { "Strict-Transport-Security": "max-age=31536000" }),
  };
}
