import * as o from "oauth4webapi";
import { type GuardedFetch, guardedFetch } from "@/lib/outbound/guarded-fetch";
import { FaultError } from "@/lib/outbound/network-fault";
import { mayUsePlainHttp } from "@/lib/outbound/plain-http";
import { recordExchanges } from "@/lib/outbound/recording";
import { createRedactor, type Redactor } from "@/lib/outbound/redact";
import type { OutboundPolicy } from "@/lib/outbound/schema";
import { ALGORITHMS } from "./algorithms";
import type { Advice } from "./diagnose";
import { type Binding, createBinding, unbound } from "./dpop";
import { factsOf, ProtocolFailure } from "./failure";
import { readPublishedDocument } from "./remedies/published";
import type { Connection, TraceStep } from "./schema";
import { SYMMETRIC } from "./symmetric";
import { createTrace, type Trace } from "./trace";

/** The one-time values of one sign-in. */
export interface Attempt {
  state: string;
  nonce: string;
  codeVerifier: string;
  redirectUri: string;
}

export interface RoundTripContext {
  /** Steps taken so far; the new ones are put behind them. */
  steps: readonly TraceStep[];
  /** Called after every step with all steps. */
  onStep?: (steps: TraceStep[]) => void;
  /** What the connector has to say to a diagnosis code. */
  advice: Advice;
  /** What was told of the signing keys a moment ago: then they are not read before the browser leaves. */
  keysRead?: string;
  /** Names and paths of the claims that the last passed test brought; empty before the first. */
  previousClaims?: readonly string[];
  /** Milliseconds since 1970; the clock that tokens are judged by. */
  now?: () => number;
  /** Milliseconds for one request (8,000) and for all of them together (20,000). */
  timeoutMs?: number;
  totalMs?: number;
}

/** Everything that the steps of one round trip share. */
export interface Run {
  connection: Connection;
  attempt: Attempt;
  policy: OutboundPolicy;
  trace: Trace;
  redactor: Redactor;
  /** Guarded, recorded, and bounded by the time of the whole round trip. */
  fetch: GuardedFetch;
  client: o.Client;
  previousClaims: readonly string[];
  /** What goes with token and user info requests where tokens are bound to a key. */
  binding: Binding;
  /** Seconds since 1970. */
  now(): number;
  /** Metadata as oauth4webapi wants it, with the issuer that is expected at this point. */
  server(issuer: string): o.AuthorizationServer;
  /** Options of each oauth4webapi request. */
  request: {
    [o.customFetch]: GuardedFetch;
    [o.allowInsecureRequests]: true;
    headers: Record<string, string>;
  };
  end(): void;
}

/** Secrets never travel without TLS unless the policy names the host: asked again before every request. */
function withTls(policy: OutboundPolicy, fetch: GuardedFetch): GuardedFetch {
  return async (url, init) => {
    const text = String(url);
    if (text.startsWith("http:") && !(await mayUsePlainHttp(policy, text))) {
      throw new ProtocolFailure("plain_http", factsOf({ Field: "An address" }));
    }
    return fetch(url, init);
  };
}

function redactorFor(connection: Connection, attempt: Attempt): Redactor {
  const redactor = createRedactor();
  redactor.learnClient(connection.clientId, connection.clientSecret);
  redactor.learnClient(connection.clientId, connection.previousClientSecret ?? null);
  redactor.learn(attempt.codeVerifier);
  redactor.learn(attempt.state);
  redactor.learn(connection.groupsApi?.token);
  redactor.learn(connection.tls?.key);
  return redactor;
}

/** Metadata as oauth4webapi wants it (RFC 8414). */
function metadataOf(connection: Connection, issuer: string): o.AuthorizationServer {
  return {
    issuer,
    authorization_endpoint: connection.authUrl,
    token_endpoint: connection.tokenUrl,
    jwks_uri: connection.certsUrl,
    ...(connection.parUrl && { pushed_authorization_request_endpoint: connection.parUrl }),
    ...(connection.userinfoUrl && { userinfo_endpoint: connection.userinfoUrl }),
    // Whether HS256 may be is decided where the signature is verified.
    id_token_signing_alg_values_supported: [...ALGORITHMS, SYMMETRIC],
    userinfo_signing_alg_values_supported: [...ALGORITHMS],
  };
}

export function startRun(
  connection: Connection,
  policy: OutboundPolicy,
  attempt: Attempt,
  context: RoundTripContext,
): Run {
  const { timeoutMs = 8000, totalMs = 20_000, now = Date.now } = context;
  const redactor = redactorFor(connection, attempt);
  const total = new AbortController();
  const timer = setTimeout(() => total.abort(new FaultError("timeout")), totalMs);
  const guarded = guardedFetch(policy, {
    timeoutMs,
    maxBytes: 512 * 1024,
    plainHttpToListed: true,
    tls: connection.tls ?? null,
  });
  const recording = recordExchanges(
    withTls(policy, (url, init) => guarded(url, { ...init, signal: total.signal })),
    redactor,
  );
  const trace = createTrace({
    steps: context.steps,
    connection,
    published: () => readPublishedDocument(recording.fetch, connection),
    advice: context.advice,
    redactor,
    recording,
    urls: {
      jwks: connection.certsUrl,
      token: connection.tokenUrl,
      userinfo: connection.userinfoUrl,
      par: connection.parUrl ?? null,
      groups_api: connection.groupsApi?.url ?? null,
      person: connection.personApi?.profileUrl ?? null,
    },
    overdue: () => total.signal.aborted,
    onStep: context.onStep,
  });
  const client = {
    client_id: connection.clientId,
    [o.clockTolerance]: connection.clockTolerance,
    [o.clockSkew]: Math.round((now() - Date.now()) / 1000),
  };
  return {
    connection,
    attempt,
    policy,
    trace,
    redactor,
    fetch: recording.fetch,
    previousClaims: context.previousClaims ?? [],
    client,
    binding: connection.dpop ? createBinding(client) : unbound,
    now: () => Math.floor(now() / 1000),
    server: (issuer) => metadataOf(connection, issuer),
    request: {
      [o.customFetch]: recording.fetch,
      // `withTls` decides, by the allow list.
      [o.allowInsecureRequests]: true,
      headers: { "user-agent": "Gatehouse" },
    },
    end: () => clearTimeout(timer),
  };
}
