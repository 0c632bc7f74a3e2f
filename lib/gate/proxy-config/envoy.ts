import {
  ACCESS_PREFIX,
  AUTHORITIES,
  authorityPattern,
  banner,
  behindAnotherProxyNote,
  countryNotes,
  hostNotes,
  hostsOf,
  IDENTITY_HEADERS,
  type Origin,
  originOf,
  REPLACED_HEADERS,
  secretHeaders,
  slugOf,
  trustNote,
  underscored,
} from "./parts";
import type { ProxyConfig, ProxySettings } from "./schema";

/** What the gate reads besides method, authority and path, which always go along. */
const ASKED = [
  "accept",
  "cookie",
  "origin",
  "user-agent",
  "upgrade",
  "x-requested-with",
  "x-forwarded-for",
  "x-forwarded-proto",
  "access-control-request-method",
  "access-control-request-headers",
  "cf-access-token",
  "cf-access-client-id",
  "cf-access-client-secret",
];

const cluster = (
  name: string,
  { hostname, isAddress, port, scheme }: Origin,
): string => `    - name: ${name}
      type: STRICT_DNS
      connect_timeout: 5s${
        scheme === "https"
          ? `
      transport_socket:
        name: envoy.transport_sockets.tls
        typed_config:
          "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext
          sni: ${hostname}
          common_tls_context:
            validation_context:
              trusted_ca: { filename: ${AUTHORITIES} }
              match_typed_subject_alt_names:
                - { san_type: ${isAddress ? "IP_ADDRESS" : "DNS"}, matcher: { exact: ${hostname} } }`
          : ""
      }
      load_assignment:
        cluster_name: ${name}
        endpoints:
          - lb_endpoints:
              - endpoint:
                  address:
                    socket_address: { address: ${hostname}, port_value: ${port} }`;

const NOT_ASKED = `                          typed_per_filter_config:
                            envoy.filters.http.ext_authz:
                              "@type": type.googleapis.com/envoy.extensions.filters.http.ext_authz.v3.ExtAuthzPerRoute
                              disabled: true`;

const authz = (settings: ProxySettings, name: string, gate: Origin): string => {
  const more = [settings.countryHeader, settings.application.serviceTokenHeader].flatMap(
    (header) => header?.toLowerCase() ?? [],
  );
  return `                  - name: envoy.filters.http.ext_authz
                    typed_config:
                      "@type": type.googleapis.com/envoy.extensions.filters.http.ext_authz.v3.ExtAuthz
                      failure_mode_allow: false
                      status_on_error: { code: ServiceUnavailable }
                      http_service:
                        server_uri: { uri: "${gate.origin}", cluster: ${name}_gate, timeout: 15s }
                        path_prefix: /forward-auth/envoy
                        authorization_response:
                          allowed_upstream_headers:
                            patterns:
${REPLACED_HEADERS.map((header) => `                              - { exact: ${header.toLowerCase()} }`).join("\n")}
                          allowed_client_headers:
                            patterns:
                              - { safe_regex: { regex: ".*" } }
                      allowed_headers:
                        patterns:
                          - { prefix: sec-fetch- }
${[...ASKED, ...more].map((header) => `                          - { exact: ${header} }`).join("\n")}`;
};

/** The two routes of requests that `match` tells apart, beside their paths. */
function routes(settings: ProxySettings, name: string, match = ""): string {
  const removed = [...IDENTITY_HEADERS.flatMap(underscored), ...secretHeaders(settings)].map(
    (header) => header.toLowerCase(),
  );
  return `                        # Sign-in comes back here, on the application's own host.
                        - match: { prefix: ${ACCESS_PREFIX}${match} }
                          request_headers_to_add:
                            - header: { key: x-forwarded-host, value: "%REQ(:authority)%" }
                              append_action: OVERWRITE_IF_EXISTS_OR_ADD
                          route: { cluster: ${name}_gate }
${NOT_ASKED}
                        - match: { prefix: /${match} }
                          request_headers_to_remove: [${removed.join(", ")}]
                          route: { cluster: ${name}_app, timeout: 0s }`;
}

/** Envoy's own wildcards cover more than one label, and no part of one: a regular expression says it. */
function virtualHosts(settings: ProxySettings, name: string): string {
  const sites = hostsOf(settings);
  const literal = sites.flatMap(({ wildcard, authority }) => (wildcard ? [] : `"${authority}"`));
  const wild = sites.flatMap((site) => {
    const regex = `'(?i)${authorityPattern(site)}'`;
    const match = `, headers: [{ name: ":authority", string_match: { safe_regex: { regex: ${regex} } } }]`;
    return site.wildcard ? routes(settings, name, match) : [];
  });
  const hosts = `                    - name: ${name}
                      domains: [${literal.join(", ")}]
                      routes:
${routes(settings, name)}`;
  const others = `                    # Another host or port, which another application's policies may open.
                    - name: ${name}_others
                      domains: ["*"]
                      routes:
${[
  ...wild,
  `                        - match: { prefix: / }
                          direct_response: { status: 421 }
${NOT_ASKED}`,
].join("\n")}`;
  return [...(literal.length > 0 ? [hosts] : []), others].join("\n");
}

function listener(settings: ProxySettings, name: string, gate: Origin): string {
  const [port = settings.https ? 443 : 80] = hostsOf(settings).map((host) => host.port);
  return `    - name: ${name}
      address:
        socket_address: { address: 0.0.0.0, port_value: ${port} }
      filter_chains:
        - filters:
            - name: envoy.filters.network.http_connection_manager
              typed_config:
                "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
                stat_prefix: ${name}
                # The socket's address is the client's; what a client says about itself is not believed.
                use_remote_address: true
                normalize_path: true
                merge_slashes: true
                path_with_escaped_slashes_action: REJECT_REQUEST
                common_http_protocol_options: { headers_with_underscores_action: REJECT_REQUEST }
                upgrade_configs: [{ upgrade_type: websocket }]
                http_filters:
${authz(settings, name, gate)}
                  - name: envoy.filters.http.router
                    typed_config:
                      "@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router
                route_config:
                  virtual_hosts:
${virtualHosts(settings, name)}`;
}

/** Envoy with `ext_authz` over HTTP. */
export function envoyConfig(settings: ProxySettings): ProxyConfig {
  const name = `gatehouse_${slugOf(settings)}`;
  const gate = originOf(settings.gateUrl);
  const text = `${banner(settings, "Static resources; the names of listener and clusters are this application's own.")}
static_resources:
  listeners:
${listener(settings, name, gate)}
  clusters:
${cluster(`${name}_gate`, gate)}
${cluster(`${name}_app`, originOf(settings.upstream))}
`;
  return {
    frontEnd: "envoy",
    files: [{ name: `/etc/envoy/${name}.yaml`, text }],
    notes: [
      trustNote,
      ...hostNotes(settings),
      behindAnotherProxyNote("set xff_num_trusted_hops to the number of proxies in front"),
      "The gate's own values of the identity headers overwrite the client's, because ext_authz sets what is among allowed_upstream_headers.",
      ...(settings.https
        ? ["Add your transport_socket with the certificate to the filter chain."]
        : []),
      ...countryNotes(settings),
    ],
    minimumVersion: "Envoy 1.27",
  };
}
