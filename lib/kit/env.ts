import { isIP } from "node:net";
import * as z from "zod";
import { AppError } from "./errors";

const text = z.string().trim().min(1);
const origin = text.refine((value) => {
  if (!URL.canParse(value)) return false;
  const url = new URL(value);
  return (
    /^https?:$/.test(url.protocol) &&
    url.pathname === "/" &&
    !url.search &&
    !url.hash &&
    !url.username
  );
}, "an origin such as https://gatehouse.example.com, without a path");
const list = z.string().transform((value) => value.split(/[\s,]+/).filter(Boolean));

/** Whether text is an IP address or a CIDR block. */
export function isNetwork(value: string): boolean {
  const [address = "", bits, ...rest] = value.split("/");
  const family = isIP(address);
  if (!family || rest.length > 0) return false;
  return (
    bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 6 ? 128 : 32))
  );
}

/** What an allow list may hold: a CIDR block, an address, a host name, or host:port. */
export const isAllowEntry = (value: string): boolean =>
  isNetwork(value) || /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/i.test(value);

const PROXY =
  "the address of an HTTP proxy, such as http://user:password@proxy.example.com:3128, with special characters percent-encoded";

function isProxy(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, hostname, pathname, search, hash, username, password } = new URL(value);
  try {
    decodeURIComponent(`${username}${password}`);
  } catch {
    return false;
  }
  return /^https?:$/.test(protocol) && hostname !== "" && `${pathname}${search}${hash}` === "/";
}

/** The address of a proxy with its scheme; `proxy:3128` counts as http. */
const proxy = text
  .transform((value) => (value.includes("://") ? value : `http://${value}`))
  .refine(isProxy, PROXY)
  .optional();

const schema = z.object({
  PORT: z.coerce
    .number("a number from 1 to 65535")
    .int()
    .min(1, "a number from 1 to 65535")
    .max(65535, "a number from 1 to 65535")
    .default(3000),
  BIND_ADDRESS: text.default("0.0.0.0"),
  GATEHOUSE_URL: origin.optional(),
  AUTH_DOMAIN: text
    .regex(
      /^[a-z0-9{}.-]+(:\d{1,5})?$/i,
      "a host name such as auth.example.com; {team} stands for the team name",
    )
    .optional(),
  DATABASE_URL: text
    .regex(/^postgres(ql)?:\/\//, "a URL such as postgres://user:password@host:5432/gatehouse")
    .optional(),
  DATA_DIR: text.optional(),
  PG_BIN_DIR: text.optional(),
  GATEHOUSE_SECRET: z.string().min(32, "at least 32 characters").optional(),
  ADMIN_EMAIL: z.email("an email address").optional(),
  ADMIN_PASSWORD: z.string().min(15, "at least 15 characters").optional(),
  TRUSTED_PROXIES: list
    .refine((items) => items.every(isNetwork), "IP addresses or CIDR blocks, separated by commas")
    .default(["127.0.0.0/8", "::1"]),
  OUTBOUND_ALLOW: list
    .refine(
      (items) => items.every(isAllowEntry),
      "CIDR blocks, hosts or host:port, separated by commas",
    )
    .optional(),
  HTTPS_PROXY: proxy,
  HTTP_PROXY: proxy,
  NO_PROXY: list.default([]),
  GATEHOUSE_PRACTICE: text.optional(),
  GATE_WITHOUT_DATABASE: z.coerce
    .number("a number of seconds from 2 to 86400")
    .int()
    .min(2, "a number of seconds from 2 to 86400")
    .max(86_400, "a number of seconds from 2 to 86400")
    .default(60),
});

/** Set by custom in lower case too, which then goes first (as curl reads them). */
const EITHER_CASE = new Set(["HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY"]);

export interface OutboundProxies {
  /** For https:// addresses; a URL that may hold credentials. */
  https: string | null;
  /** For http:// addresses. */
  http: string | null;
  /** Hosts, suffixes, `host:port`, addresses, CIDR blocks or `*` that are called without a proxy. */
  noProxy: readonly string[];
}

export interface Env {
  port: number;
  /** Address to listen on. */
  host: string;
  /** Public origin of the console, without a slash at the end. */
  url: string;
  /** Host (with port where it is not the default) of the team domain; may hold `{team}`. */
  authDomain: string;
  databaseUrl: string | null;
  /** As set; null means the default, which `lib/kit/data-dir.ts` picks. */
  dataDir: string | null;
  pgBinDir: string | null;
  secret: string | null;
  adminEmail: string | null;
  adminPassword: string | null;
  /** CIDR blocks whose X-Forwarded-* are believed. */
  trustedProxies: string[];
  /** Private hosts and networks that providers may live on; null when the variable is not set. */
  outboundAllow: string[] | null;
  outboundProxies: OutboundProxies;
  /** File in which the practice providers describe themselves. */
  practiceFile: string | null;
  /** Milliseconds for which the gate goes on with what it knows while the database does not answer. */
  gateWithoutDatabaseMs: number;
}

const SECRET_VARIABLES = new Set([
  "DATABASE_URL",
  "GATEHOUSE_SECRET",
  "ADMIN_PASSWORD",
  "HTTPS_PROXY",
  "HTTP_PROXY",
]);

const proxiesIn = (data: z.output<typeof schema>): OutboundProxies => ({
  https: data.HTTPS_PROXY ?? null,
  http: data.HTTP_PROXY ?? null,
  noProxy: data.NO_PROXY,
});

const givenIn = (source: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(
    Object.keys(schema.shape).flatMap((name) => {
      const value = (EITHER_CASE.has(name) && source[name.toLowerCase()]) || source[name];
      return value ? [[name, value]] : [];
    }),
  );

/**
 * Reads the settings from the environment. Throws AppError `invalid_input` with one line that names
 * the variable, what it holds (unless it is a secret) and what it should hold.
 */
export function readEnv(source: Record<string, string | undefined> = process.env): Env {
  const given = givenIn(source);
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const name = String(issue?.path[0]);
    const holds = SECRET_VARIABLES.has(name)
      ? "a value that does not fit"
      : JSON.stringify(given[name]);
    throw new AppError(
      "invalid_input",
      `${name} holds ${holds}; it should hold ${issue?.message}.`,
    );
  }
  const { data } = parsed;
  if (Boolean(data.ADMIN_EMAIL) !== Boolean(data.ADMIN_PASSWORD)) {
    throw new AppError(
      "invalid_input",
      "ADMIN_EMAIL and ADMIN_PASSWORD go together; one of them is not set.",
    );
  }
  const url = new URL(data.GATEHOUSE_URL ?? `http://localhost:${data.PORT}`);
  return {
    port: data.PORT,
    host: data.BIND_ADDRESS,
    url: url.origin,
    authDomain: (data.AUTH_DOMAIN ?? url.host).toLowerCase(),
    databaseUrl: data.DATABASE_URL ?? null,
    dataDir: data.DATA_DIR ?? null,
    pgBinDir: data.PG_BIN_DIR ?? null,
    secret: data.GATEHOUSE_SECRET ?? null,
    adminEmail: data.ADMIN_EMAIL ?? null,
    adminPassword: data.ADMIN_PASSWORD ?? null,
    trustedProxies: data.TRUSTED_PROXIES,
    outboundAllow: data.OUTBOUND_ALLOW ?? null,
    outboundProxies: proxiesIn(data),
    practiceFile: data.GATEHOUSE_PRACTICE ?? null,
    gateWithoutDatabaseMs: data.GATE_WITHOUT_DATABASE * 1000,
  };
}

let cached: Env | undefined;

/** The settings of this process, read once. */
export const env = (): Env => {
  cached ??= readEnv();
  return cached;
};
