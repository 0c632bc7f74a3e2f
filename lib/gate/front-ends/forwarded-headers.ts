import {
  clientIn,
  hostIn,
  methodIn,
  readHost,
  reading,
  refuse,
  schemeIn,
  targetIn,
} from "./header-values";
import type { Asked, FrontEnd, FrontEndId, Original, ProxyProblem } from "./schema";

/** Caddy 2.6 puts the browser's query behind the gate's address as well. */
const isItsQuery = (rest: string, uri = ""): boolean => {
  const at = uri.indexOf("?");
  return at >= 0 && rest === uri.slice(at);
};

function readForwarded(id: FrontEndId, asked: Asked, rest: string): Original {
  const repeated = id === "caddy" && isItsQuery(rest, asked.header("x-forwarded-uri"));
  if (rest !== "" && !repeated) {
    refuse("unexpected_path", "something follows the address of the gate");
  }
  if (asked.header("x-forwarded-uri") === undefined && asked.header("x-original-url")) {
    refuse("wrong_front_end", "x-original-url is there in place of x-forwarded-uri");
  }
  return {
    method: methodIn(asked, "x-forwarded-method"),
    scheme: schemeIn(asked, "x-forwarded-proto"),
    host: hostIn(asked, "x-forwarded-host"),
    target: targetIn(asked, "x-forwarded-uri"),
    ip: clientIn(asked),
  };
}

/**
 * A proxy that describes the request in X-Forwarded-Method, -Proto, -Host, -Uri and -For. It must set
 * all five itself, whatever the client sent under these names.
 */
export const forwardedHeaders = (id: FrontEndId): FrontEnd => ({
  id,
  read: (asked, rest): Original | ProxyProblem =>
    reading(
      () => readHost(asked.header("x-forwarded-host") ?? ""),
      () => readForwarded(id, asked, rest),
    ),
});
