import type { FrontEndId, ProxyProblemCode } from "../front-ends/schema";

/** One kind of wrong question, as often as it was asked. */
export interface NewProxyReport {
  /** Null where the address named no front end that there is. */
  frontEnd: FrontEndId | null;
  problem: ProxyProblemCode;
  /** Address that asked; null for all those beyond the first few. */
  peer: string | null;
  /** Only a host of an application. */
  host: string | null;
  detail: string;
  count: number;
  /** Milliseconds since 1970. */
  firstAt: number;
  lastAt: number;
}

/** A report as the console shows it. */
export interface ProxyReport {
  id: string;
  frontEnd: FrontEndId | null;
  problem: ProxyProblemCode;
  peer: string | null;
  host: string | null;
  detail: string;
  count: number;
  /** ISO 8601, UTC. */
  firstAt: string;
  lastAt: string;
  title: string;
  fix: string;
  /** Whose page has the configuration that is right: the host's, or any where the host is unknown. */
  application: { id: string; name: string } | null;
}
