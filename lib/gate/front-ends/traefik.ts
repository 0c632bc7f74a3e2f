import { forwardedHeaders } from "./forwarded-headers";

/** Traefik's `forwardAuth` with `trustForwardHeader: false` replaces X-Forwarded-* and relays any answer that is not 2xx. */
export const traefik = forwardedHeaders("traefik");
