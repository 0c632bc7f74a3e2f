/** The reverse proxies that the gate answers, each under `/forward-auth/<id>`. */
export const FRONT_ENDS = ["nginx", "caddy", "traefik", "haproxy", "envoy", "apache"] as const;
export type FrontEndId = (typeof FRONT_ENDS)[number];

export const FRONT_END_NAMES: Readonly<Record<FrontEndId, string>> = {
  nginx: "nginx",
  caddy: "Caddy",
  traefik: "Traefik",
  haproxy: "HAProxy",
  envoy: "Envoy",
  apache: "Apache",
};

/** By it Caddy's configuration knows the 403 that stands for the gate's own answer to a preflight. */
export const PREFLIGHT_HEADER = "x-gate-preflight";

/** What can be wrong with the way a proxy asks. Closed, for it is stored and counted. */
export const PROXY_PROBLEMS = [
  "untrusted_proxy",
  "unknown_front_end",
  "unexpected_path",
  "wrong_front_end",
  "missing_header",
  "repeated_header",
  "malformed_header",
  "access_path_not_forwarded",
] as const;
export type ProxyProblemCode = (typeof PROXY_PROBLEMS)[number];

export interface ProxyProblem {
  problem: ProxyProblemCode;
  /** Names of headers and what is odd about them; no value that a client sent. */
  detail: string;
  /** The host that was asked about, where it is well formed. */
  host: string | null;
}

/** A request to the gate, before anything in it is believed. */
export interface Asked {
  /** Of the question itself; only Envoy's is the browser's. */
  method: string;
  /** Request target of the question, as received. */
  url: string;
  /** A header by its lower-case name; several of one name joined by `, ` (cookies by `; `). */
  header(name: string): string | undefined;
  /** Host headers, of which HTTP allows one. */
  hosts: number;
  /** Address that asks, in its one spelling; null when the socket is gone or is a unix socket. */
  peer: string | null;
  isTrusted(address: string): boolean;
}

/** What the proxy was asked by the browser. */
export interface Original {
  method: string;
  scheme: "http" | "https";
  /** Lower case, with the port where the browser named one. */
  host: string;
  /** Path and query as the proxy received them. */
  target: string;
  /** Client address in its one spelling. */
  ip: string;
}

/** The part of a front end that is pure: its own headers, read strictly. */
export interface FrontEnd {
  id: FrontEndId;
  /** `rest` is what follows `/forward-auth/<id>` in the address asked for. */
  read(asked: Asked, rest: string): Original | ProxyProblem;
}

export const isProblem = (value: Original | ProxyProblem): value is ProxyProblem =>
  "problem" in value;
