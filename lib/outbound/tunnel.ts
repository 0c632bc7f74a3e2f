import { request as plainRequest } from "node:http";
import { request as tlsRequest } from "node:https";
import type { Socket } from "node:net";
import { log } from "@/lib/kit/log";
import { FaultError, type NetworkFault } from "./network-fault";

const BY_STATUS: Record<number, NetworkFault> = {
  407: "proxy_auth",
  502: "proxy_unreachable",
  503: "proxy_unreachable",
  504: "proxy_unreachable",
};

/** `user:password` of a proxy URL as HTTP Basic, or nothing. */
function credentials({ username, password }: URL): Record<string, string> {
  if (username === "" && password === "") return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { "proxy-authorization": `Basic ${Buffer.from(pair).toString("base64")}` };
}

/**
 * Asks a proxy for a connection to `authority` (`host:port`; RFC 9110 §9.3.6). Resolves to the raw
 * socket behind which the target speaks. Rejects with FaultError `proxy*`.
 */
export function openTunnel(
  proxy: URL,
  authority: string,
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
): Promise<Socket> {
  const isTls = proxy.protocol === "https:";
  return new Promise((resolve, reject) => {
    const request = (isTls ? tlsRequest : plainRequest)({
      host: proxy.hostname.replace(/^\[|\]$/g, ""),
      port: proxy.port || (isTls ? 443 : 80),
      method: "CONNECT",
      path: authority,
      headers: { host: authority, "user-agent": "Gatehouse", ...credentials(proxy) },
      agent: false,
      timeout: timeoutMs,
      signal,
    });
    const fail = (fault: NetworkFault, why: string | number | undefined) => {
      log.warn({ proxy: proxy.host, authority, fault, why }, "the outbound proxy did not help");
      reject(new FaultError(fault));
    };
    request.once("connect", ({ statusCode = 0 }, socket: Socket, head) => {
      if (statusCode >= 200 && statusCode < 300) {
        socket.setTimeout(0);
        if (head.length > 0) socket.unshift(head);
        return resolve(socket);
      }
      socket.on("error", () => undefined).destroy();
      return fail(BY_STATUS[statusCode] ?? "proxy", statusCode);
    });
    request.once("timeout", () => request.destroy(new FaultError("timeout")));
    request.once("error", (error: NodeJS.ErrnoException) => {
      if (signal.aborted || error instanceof FaultError) return reject(error);
      return fail("proxy_down", error.code);
    });
    request.end();
  });
}
