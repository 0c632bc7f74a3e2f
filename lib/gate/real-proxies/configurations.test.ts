import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SERVER } from "@/lib/outbound/pki-for-tests";
import { proxyConfig } from "../proxy-config";
import type { ProxyConfig } from "../proxy-config/schema";
import { DEBIAN_PROXIES, isInstalled, PATH, prepare, type RealProxy } from "./testing-launch";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "gatehouse-configurations-"));
  writeFileSync(join(dir, "server.pem"), SERVER.cert);
  writeFileSync(join(dir, "server.key"), SERVER.key);
  mkdirSync(join(dir, "both"));
  writeFileSync(join(dir, "both/server.pem"), `${SERVER.cert}\n${SERVER.key}`);
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** As its own command checks a configuration before it takes it. */
const CHECKS: Record<(typeof DEBIAN_PROXIES)[number], (started: string[]) => string[]> = {
  nginx: (started) => [...started, "-t"],
  caddy: (started) => started.map((word) => (word === "run" ? "validate" : word)),
  haproxy: (started) => [...started, "-c"],
  apache: (started) => [...started, "-t"],
};

/** What the proxy says of a configuration, of which only the places of certificates are changed. */
function check(proxy: (typeof DEBIAN_PROXIES)[number], config: Pick<ProxyConfig, "files">) {
  const files = config.files.map(({ name, text }) => ({
    name,
    text: text
      .replace(/\/etc\/ssl\/gatehouse(?:\/[\w.-]+)?\.(pem|key)/g, `${dir}/server.$1`)
      .replaceAll("/etc/haproxy/gatehouse/", `${dir}/both/`),
  }));
  const started = prepare(proxy, { ...whole(proxy, true), files }, dir, 443);
  const [command = "", ...args] = CHECKS[proxy](started);
  const env = { ...process.env, PATH, HOME: dir, XDG_DATA_HOME: dir, XDG_CONFIG_HOME: dir };
  const { status, stdout, stderr } = spawnSync(command, args, { env, encoding: "utf8" });
  return { status, said: stdout + stderr };
}

const whole = (proxy: RealProxy, https: boolean): ProxyConfig =>
  proxyConfig(proxy, {
    application: {
      ...{ name: "Wiki", aud: "0".repeat(64), serviceTokenHeader: null },
      destinations: ["wiki.example.com", "*.apps.example.com:8443/docs"],
    },
    ...{ gateUrl: "http://127.0.0.1:3000", upstream: "http://127.0.0.1:8080" },
    ...{ teamDomain: "https://gatehouse.example.com", https, countryHeader: null },
  });

/** Blocks of README.md in ``` of this language, or without one. */
const ofReadme = (pattern: RegExp): string => {
  const [, text] = pattern.exec(readFileSync("README.md", "utf8")) ?? [];
  if (!text) throw new Error("README.md has no such block");
  return text;
};

for (const proxy of DEBIAN_PROXIES) {
  // script/test installs them, and says why where it cannot.
  describe.skipIf(!isInstalled(proxy))(`${proxy} takes as it stands`, () => {
    it.each([true, false])("what an application's page shows, by https: %s", (https) => {
      const { status, said } = check(proxy, whole(proxy, https));
      expect(status, said).toBe(0);
    });
  });
}

const README = [
  ["nginx", /```nginx\n([^`]+)```/],
  ["caddy", /Caddy:\n\n```\n([^`]+)```/],
] as const;

for (const [proxy, block] of README) {
  it.skipIf(!isInstalled(proxy))(`${proxy} takes what README.md shows for the console`, () => {
    const { status, said } = check(proxy, { files: [{ name: "README", text: ofReadme(block) }] });
    expect(status, said).toBe(0);
  });
}
