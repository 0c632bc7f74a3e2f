import { FRONT_ENDS, type FrontEndId } from "../front-ends/schema";
import { apacheConfig } from "./apache";
import { caddyConfig } from "./caddy";
import { envoyConfig } from "./envoy";
import { haproxyConfig } from "./haproxy";
import { nginxConfig } from "./nginx";
import type { ProxyConfig, ProxySettings } from "./schema";
import { traefikConfig } from "./traefik";

const MAKERS: Record<FrontEndId, (settings: ProxySettings) => ProxyConfig> = {
  nginx: nginxConfig,
  caddy: caddyConfig,
  traefik: traefikConfig,
  haproxy: haproxyConfig,
  envoy: envoyConfig,
  apache: apacheConfig,
};

/** The configuration of one reverse proxy for an application, ready to paste. */
export const proxyConfig = (frontEnd: FrontEndId, settings: ProxySettings): ProxyConfig =>
  MAKERS[frontEnd](settings);

/** The same for every proxy that the gate knows. */
export const proxyConfigs = (settings: ProxySettings): ProxyConfig[] =>
  FRONT_ENDS.map((frontEnd) => proxyConfig(frontEnd, settings));
