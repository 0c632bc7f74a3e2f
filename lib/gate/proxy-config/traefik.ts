import {
  ACCESS_PREFIX,
  authorityPattern,
  banner,
  behindAnotherProxyNote,
  countryNotes,
  type Host,
  hostNotes,
  hostPattern,
  hostsOf,
  IDENTITY_HEADERS,
  originOf,
  REPLACED_HEADERS,
  secretHeaders,
  slugOf,
  trustNote,
  underscored,
} from "./parts";
import type { ProxyConfig, ProxySettings } from "./schema";

/** Host leaves the port aside; X-Forwarded-Host is the whole of what the client wrote, by Traefik itself. */
function ruleOf(host: Host): string {
  const { name, wildcard } = host;
  const named = wildcard ? `HostRegexp(\`^${hostPattern(name)}$\`)` : `Host(\`${name}\`)`;
  return `${named} && HeaderRegexp(\`X-Forwarded-Host\`, \`(?i)^${authorityPattern(host)}$\`)`;
}

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
        - ${name}_removed
      service: ${name}_app${tls}`,
    )
    .join("\n");
}

/** Traefik with `forwardAuth`, as a file of dynamic configuration. */
export function traefikConfig(settings: ProxySettings): ProxyConfig {
  const name = `gatehouse_${slugOf(settings)}`;
  const gate = originOf(settings.gateUrl);
  const app = originOf(settings.upstream);
  const removed = [...secretHeaders(settings), ...IDENTITY_HEADERS.flatMap(underscored)];
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
    ${name}_removed:
      headers:
        customRequestHeaders:
          # What is for the gate alone, and names that many applications take for those with hyphens.
${removed.map((header) => `          ${header}: ""`).join("\n")}
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
      ...hostNotes(settings),
      behindAnotherProxyNote(
        "name it in forwardedHeaders.trustedIPs of the entry point, and nothing else",
      ),
      "With Traefik 3.7.12 or newer, set http.aliasHeadersStrategy: delete on your entry points too: it also takes out names with other characters in place of hyphens, such as dots.",
      'Traefik cannot pass on an answer of the gate to a preflight request (CORS), because it takes any 2xx for a yes: behind it, "Bypass OPTIONS requests to the application" in place of "Answer preflight requests here".',
      ...countryNotes(settings),
    ],
    minimumVersion: "Traefik 3.0",
  };
}
