import { forwardedHeaders } from "./forwarded-headers";

/** Caddy's `forward_auth` sends a GET with X-Forwarded-* of its own making (its source, modules/caddyhttp/reverseproxy/forwardauth), and relays any answer that is not 2xx. */
export const caddy = forwardedHeaders("caddy");
