import type { FrontEndId } from "./front-ends/schema";

/** One request to an application, as a trusted proxy described it. */
export interface GateQuestion {
  frontEnd: FrontEndId;
  method: string;
  scheme: "http" | "https";
  /** Lower case, with the port where the browser named one. */
  host: string;
  /** Path and query as the proxy received them; starts with a slash, not decoded. */
  target: string;
  /** Client address in its one spelling. */
  ip: string;
  /** ISO 3166-1 alpha-2, upper case; null when nobody that is trusted says. */
  country: string | null;
  /** The Cookie header; several are joined by `; `. */
  cookie: string | undefined;
  /** A header of the client's by its lower-case name: never a statement of the proxy. */
  header(name: string): string | undefined;
  /** Nobody sees the page of a refusal, for the proxy asks again: this one is not to be recorded. */
  rehearsal: boolean;
}

/**
 * What the gate says. `allowed` alone lets a request through to the application, and `headers` are
 * then what the application is told. Otherwise they, `status` and `body` are the browser's answer;
 * that of a preflight request may well be a 204.
 */
export interface GateAnswer {
  allowed: boolean;
  status: number;
  /** Lower-case names; never a content-length. */
  headers: Readonly<Record<string, string | string[]>>;
  body?: string;
}

export type Decide = (question: GateQuestion) => GateAnswer | Promise<GateAnswer>;
