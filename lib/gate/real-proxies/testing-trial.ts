import { afterAll, beforeAll, vi } from "vitest";
import { database } from "@/db/client";
import { team } from "@/db/schema/team";
import { insertGuardedApplication, insertSession } from "@/db/testing-rows";
import { corsSchema } from "@/lib/applications/schema";
import { dataPlane } from "@/lib/http/data-plane";
import { signToken } from "@/lib/keys/sign";
import { ensureSigningKey } from "@/lib/keys/store";
import { hashToken } from "@/lib/kit/secrets";
import { orgToken, personToken } from "@/lib/sessions/mint";
import { gate } from "../state";
import {
  COUNTRY_HEADER,
  DEBIAN_PROXIES,
  freePort,
  isInstalled,
  OTHER_PROXIES,
  type RealProxy,
  type Running,
  SERVICE_TOKEN_HEADER,
  startProxy,
} from "./testing-launch";
import { type Received, startEcho, startGate } from "./testing-proxies";
import { type RawAnswer, type Sending, sendRaw } from "./testing-raw";

export const TEAM = "http://localhost:3999";
export const PROXIES: readonly RealProxy[] = [
  ...DEBIAN_PROXIES,
  ...OTHER_PROXIES.filter(isInstalled),
];
/** Value of the cookie that a bound token comes with. */
export const BINDING = "binding-for-the-gate-alone";

/** A token holds the first two and is near the most that it may have; the third does not fit beside them. */
const CLAIMS = [
  ["groups", Array.from({ length: 88 }, (_, at) => `engineering-team-${at}`)],
  ["department", "Analytical Engines"],
  ["projects", Array.from({ length: 400 }, (_, at) => `project-${at}`)],
].map(([name, value]) => ({ name: String(name), value, values: [] }));

export interface Servers {
  gate: Running;
  /** Run until the end of the file. */
  proxies: Running[];
  echo: Awaited<ReturnType<typeof startEcho>>;
}

/** The gate and an application behind it, for all proxies of a file that has `useTestDatabase`. */
export function useGate(): Servers {
  vi.stubEnv("GATEHOUSE_URL", TEAM);
  const servers = { proxies: [] as Running[] } as Servers;
  beforeAll(async () => {
    await ensureSigningKey(dataPlane);
    const db = await database();
    await db
      .insert(team)
      .values({ countryHeader: COUNTRY_HEADER })
      .onConflictDoUpdate({ target: team.id, set: { countryHeader: COUNTRY_HEADER } });
    await gate().ready();
    servers.gate = await startGate();
    servers.echo = await startEcho();
  });
  afterAll(async () => {
    gate().stop();
    await Promise.all(servers.proxies.map(({ stop }) => stop()));
    await servers.gate.stop();
    await servers.echo.stop();
  });
  return servers;
}

export const headersNamed = ({ rawHeaders }: Received, pattern: RegExp): [string, string][] =>
  rawHeaders.flatMap((name, index): [string, string][] =>
    index % 2 === 0 && pattern.test(name) ? [[name, rawHeaders[index + 1] ?? ""]] : [],
  );

const KINDS = [
  ...([
    "paths",
    "network",
    "unknown",
    "bound",
    "cors",
    "programs",
    "leaving",
    "wild",
    "country",
  ] as const),
];
type Kind = (typeof KINDS)[number];

/** Of another origin, whose pages may call the application at("cors"). */
export const ORIGIN = "https://pages.example.com";

/** One proxy, configured for applications of its own, and Ada, who is signed in. */
export interface Trial {
  readonly host: string;
  readonly port: number;
  /** Ada's token for `host`, bound to no cookie. */
  readonly token: string;
  /** All that reached the application, whichever proxy brought it. */
  readonly received: Received[];
  /** A host of its own on the same proxy; `wild` stands for several (`*.…`). */
  at(kind: Kind): string;
  /** Ada's, bound to the cookie `BINDING`. */
  boundToken(): Promise<string>;
  /** Ada's global token, as the team domain sets it. */
  orgToken(): Promise<string>;
  cookie(): string;
  raw(lines: readonly string[], body?: string, sending?: Sending): Promise<RawAnswer>;
  get(path: string, lines?: readonly string[], at?: string): Promise<RawAnswer>;
}

async function applicationsOf(host: string, at: Trial["at"]) {
  const application = await insertGuardedApplication(host);
  await insertGuardedApplication(`${at("paths")}/admin`);
  await insertGuardedApplication(at("paths"), { policy: { decision: "bypass" } });
  await insertGuardedApplication(at("network"), {
    policy: { decision: "bypass", include: [{ ip: { ip: "10.0.0.0/8" } }] },
  });
  await insertGuardedApplication(at("country"), {
    policy: { decision: "bypass", include: [{ geo: { country_code: "NL" } }] },
  });
  await insertGuardedApplication(at("bound"), { settings: { enable_binding_cookie: true } });
  const cors_headers = corsSchema.parse({
    ...{ allowed_origins: [ORIGIN], allowed_methods: ["PUT"], allowed_headers: ["X-Own"] },
    ...{ allow_credentials: true, max_age: 600 },
  });
  await insertGuardedApplication(at("cors"), { settings: { cors_headers } });
  for (const kind of ["programs", "wild"] as const) {
    await insertGuardedApplication(at(kind), {
      settings: { read_service_tokens_from_header: SERVICE_TOKEN_HEADER },
      policy: { decision: "non_identity", include: [{ any_valid_service_token: {} }] },
    });
  }
  return application;
}

export function useTrial(proxy: RealProxy, servers: Servers): Trial {
  let port = 0;
  let token = "";
  let application: Awaited<ReturnType<typeof insertGuardedApplication>>;
  let session: Awaited<ReturnType<typeof insertSession>>;

  const ada = () => ({
    ...{ issuer: TEAM, now: Date.now(), expiresAt: Date.now() + 3_600_000, country: null },
    ...{ userId: session.userId, sessionId: session.id, email: "ada@example.com" },
  });
  const tokenFor = (more: { binding?: string }) => {
    const { policyId } = application;
    return signToken(
      personToken({ ...ada(), application, policyId, claims: [], host: null, ...more }),
    );
  };

  const trial: Trial = {
    get host() {
      return `${proxy}.localhost:${port}`;
    },
    get port() {
      return port;
    },
    get token() {
      return token;
    },
    get received() {
      return servers.echo.received;
    },
    at: (kind) => `${kind === "wild" ? "*." : ""}${proxy}-${kind}.localhost:${port}`,
    boundToken: () => tokenFor({ binding: hashToken(BINDING) }),
    orgToken: () => signToken(orgToken(ada())),
    cookie: () => `Cookie: theme=dark; CF_Authorization=${token}`,
    raw: (lines, body = "", sending = {}) =>
      sendRaw(port, `${[...lines, "Connection: close"].join("\r\n")}\r\n\r\n${body}`, sending),
    get: (path, lines = [], at = trial.host) =>
      trial.raw([`GET ${path} HTTP/1.1`, `Host: ${at}`, ...lines]),
  };

  beforeAll(async () => {
    port = await freePort();
    application = await applicationsOf(trial.host, trial.at);
    session = await insertSession("ada@example.com", CLAIMS);
    await gate().reload();
    token = await tokenFor({});
    const running = await startProxy(proxy, {
      ...{ gatePort: servers.gate.port, upstreamPort: servers.echo.port, port },
      destinations: [trial.host, ...KINDS.map(trial.at)],
    });
    servers.proxies.push(running);
  });
  return trial;
}
