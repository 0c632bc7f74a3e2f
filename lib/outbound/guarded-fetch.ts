import type { Agent, buildConnector } from "undici";
import { env, type OutboundProxies } from "@/lib/kit/env";
import { isAppError } from "@/lib/kit/errors";
import type { ClientTls } from "@/lib/oidc/schema";
import { connectorFor } from "./connect";
import { type Gate, type Lookup, openGate, resolveAll } from "./gate";
import { FaultError, networkFault, outboundFailed } from "./network-fault";
import { proxyFor } from "./proxy";
import type { OutboundPolicy } from "./schema";

export interface GuardedOptions {
  /** Milliseconds for the whole exchange, its body included. */
  timeoutMs?: number;
  /** Bytes of the body after decompression. */
  maxBytes?: number;
  /** Whether http:// may lead to hosts and addresses of the allow list alone. */
  plainHttpToListed?: boolean;
  /** Authorities and client certificate of one provider; the system's authorities stay. */
  tls?: ClientTls | null;
  /** Stands in for the system's resolver in tests. */
  lookup?: Lookup;
  /** Stand in for HTTPS_PROXY and its like in tests. */
  proxies?: OutboundProxies;
}

export interface GuardedInit {
  method?: string;
  headers?: HeadersInit;
  body?: unknown;
  signal?: AbortSignal | null;
}

export type GuardedFetch = (url: string | URL, init?: GuardedInit) => Promise<Response>;

/** Some 4 MB, which a gate alone does not need before somebody signs in through it. */
const undici = () => import("undici");
type Undici = Awaited<ReturnType<typeof undici>>;

const NO_BODY = new Set([204, 205, 304]);

/** One agent per request: nothing is pooled, so no later request can ride on an earlier check. */
const agentFor = (
  { Agent }: Undici,
  connect: buildConnector.connector,
  timeoutMs: number,
  maxBytes: number,
): Agent =>
  new Agent({
    pipelining: 0,
    maxResponseSize: maxBytes,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    connect,
  });

type RawResponse = Awaited<ReturnType<Undici["fetch"]>>;

async function readBody(response: RawResponse, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new FaultError("too_large");
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

async function exchange(
  { fetch }: Undici,
  gate: Gate,
  init: GuardedInit,
  agent: Agent,
  maxBytes: number,
) {
  const headers = new Headers(init.headers);
  if (!headers.has("user-agent")) headers.set("user-agent", "Gatehouse");
  const response = await fetch(gate.url, {
    method: init.method ?? "GET",
    headers: Object.fromEntries(headers),
    body: (init.body ?? null) as string | URLSearchParams | null,
    signal: init.signal ?? null,
    redirect: "manual",
    dispatcher: agent,
  });
  const body = await readBody(response, maxBytes);
  const answer = new Headers([...response.headers]);
  // The body is decoded by now; its length and coding no longer apply.
  answer.delete("content-encoding");
  answer.delete("content-length");
  return new Response(NO_BODY.has(response.status) ? null : body, {
    status: response.status,
    statusText: response.statusText,
    headers: answer,
  });
}

/**
 * A fetch for addresses that someone typed. It refuses private and link-local addresses unless the
 * policy allows them (URL, every resolved address, and the peer that was reached), goes through the
 * proxy of HTTPS_PROXY or HTTP_PROXY where one is set (decision 0009), never follows a redirect, and bounds time and decoded size. The answer comes back whole, as a plain `Response`.
 * Throws AppError `outbound_blocked` or `outbound_failed`, with the cause kept.
 */
export function guardedFetch(policy: OutboundPolicy, options: GuardedOptions = {}): GuardedFetch {
  const { timeoutMs = 8000, maxBytes = 1024 * 1024, lookup = resolveAll, tls = null } = options;
  return async (url, init = {}) => {
    const client = await undici();
    const gate = openGate(policy, String(url), lookup, options);
    const proxy = proxyFor(options.proxies ?? env().outboundProxies, gate.url);
    const clock = new AbortController();
    const timer = setTimeout(() => clock.abort(new FaultError("timeout")), timeoutMs);
    const signal = init.signal ? AbortSignal.any([init.signal, clock.signal]) : clock.signal;
    let broken: unknown;
    const onBroken = (error: Error) => {
      broken = error;
    };
    const connect = connectorFor(client, gate, { proxy, tls, timeoutMs, signal, onBroken });
    const agent = agentFor(client, connect, timeoutMs, maxBytes);
    try {
      return await exchange(client, gate, { ...init, signal }, agent, maxBytes);
    } catch (error) {
      throw asAppError(gate.url.host, networkFault(broken) === "tls_client" ? broken : error);
    } finally {
      clearTimeout(timer);
      agent.destroy().catch(() => undefined);
    }
  };
}

/** A refusal from inside undici comes wrapped in its `fetch failed`. */
function asAppError(host: string, error: unknown): Error {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 6; depth += 1) {
    if (isAppError(cause)) return cause;
    cause = cause.cause;
  }
  return outboundFailed(host, error);
}
