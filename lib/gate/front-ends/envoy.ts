import {
  checkTarget,
  clientIn,
  hostIn,
  readHost,
  reading,
  refuse,
  schemeIn,
} from "./header-values";
import type { Asked, FrontEnd, Original } from "./schema";

function readEnvoy(asked: Asked, rest: string): Original {
  if (asked.hosts !== 1) refuse("repeated_header", "host is not there exactly once");
  return {
    method: asked.method,
    scheme: schemeIn(asked, "x-forwarded-proto"),
    host: hostIn(asked, "host"),
    target: checkTarget(rest, "the path behind path_prefix"),
    ip: clientIn(asked),
  };
}

/**
 * Envoy's `ext_authz` over HTTP: the question has the browser's own method, authority and path, the
 * last behind `path_prefix`. With `use_remote_address`, Envoy itself writes X-Forwarded-Proto and the
 * end of X-Forwarded-For.
 */
export const envoy: FrontEnd = {
  id: "envoy",
  read: (asked, rest) =>
    reading(
      () => readHost(asked.header("host") ?? ""),
      () => readEnvoy(asked, rest),
    ),
};
