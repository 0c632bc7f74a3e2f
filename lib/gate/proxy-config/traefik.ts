import {
  ACCESS_PREFIX,
  banner,
  behindAnotherProxyNote,
  countryNotes,
  EVERY_PATH_NOTE,
  type Host,
  hostPattern,
  hostsOf,
  originOf,
  REPLACED_HEADERS,
  secretHeaders,
  slugOf,
  trustNote,
} from "./parts";
import type { ProxyConfig, ProxySettings } from "./schema";

const ruleOf = ({ name, wildcard }: Host): string =>
  wildcard ? `HostRegexp(\`^${hostPattern(name)}$\`)` : `Host(\`${name}\`)`;

function routers(settings: ProxySettings, name: string): string {
  const tls = settings.https ? "\n      tls: {}" : "";
  return hostsOf(settings)
    .map(
      (host, index) => `    ${name}_access_${index}:
      rule: '${ruleOf(host)} && PathPrefix(\`${ACCESS_PREFIX}\`)'
      # Before the router below, which asks the gate.
      priority: 10000
      service: ${name}_gate${tls}
    ${name}_app_${index}:
      rule: '${ruleOf(host)}'
      middlewares:
        - ${name}_gate
        - ${name}_secrets
      service: ${name}_app${tls}`,
    )
    .join("\n");
}

/** Traefik with `forwardAuth`, as a file of dynamic configuration. */
export function traefikConfig(settings: ProxySettings): ProxyConfig {
  const name = `gatehouse_${slugOf(settings)}`;
  const gate = originOf(settings.gateUrl);
  const app = originOf(settings.upstream);
  const text = `${banner(settings, "A file of the file provider (providers.file.directory).")}
http:
  middlewares:
    ${name}_gate:
      forwardAuth:
        address: ${gate.origin}/forward-auth/traefik
        # What a client sends as X-Forwarded-* is not believed.
        trustForwardHeader: false
        authResponseHeaders:
${REPLACED_HEADERS.map((header) => `          - ${header}`).join("\n")}
    ${name}_secrets:
      headers:
        customRequestHeaders:
${secretHeaders(settings)
  .map((header) => `          ${header}: ""`)
  .join("\n")}
  routers:
${routers(settings, name)}
  services:
    ${name}_gate:
      loadBalancer:
        servers:
          - url: ${gate.origin}
    ${name}_app:
      loadBalancer:
        servers:
          - url: ${app.origin}
`;
  return {
    frontEnd: "traefik",
    files: [{ name: `/etc/traefik/dynamic/${name}.yml`, text }],
    notes: [
      trustNote,
      EVERY_PATH_NOTE,
      behindAnotherProxyNote(
        "name it in forwardedHeaders.trustedIPs of the entry point, and nothing else",
      ),
      "Set http.aliasHeadersStrategy: delete on your entry points (Traefik 3.7.12 and newer): many applications take Cf_Access_Jwt_Assertion for its twin with hyphens, and Traefik does not know that they are one.",
      'Traefik cannot pass on an answer of the gate to a preflight request (CORS), because it takes any 2xx for a yes: behind it, "Bypass OPTIONS requests to the application" in place of "Answer preflight requests here".',
      ...countryNotes(settings),
    ],
    minimumVersion: "Traefik 3.0",
  };
}
