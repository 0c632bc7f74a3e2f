import { forwardedHeaders } from "./forwarded-headers";

/** HAProxy has no forward auth of its own: the Lua file that comes with its configuration asks as Caddy does. */
export const haproxy = forwardedHeaders("haproxy");
