import { haproxyLua } from "./haproxy-lua";
import {
  ACCESS_PREFIX,
  AUTHORITIES,
  authorityPattern,
  banner,
  behindAnotherProxyNote,
  countryNotes,
  type Host,
  hostNotes,
  hostsOf,
  type Origin,
  originOf,
  secretHeaders,
  slugOf,
  trustNote,
} from "./parts";
import type { ProxyConfig, ProxySettings } from "./schema";

const tls = ({ scheme, hostname }: Origin): string =>
  scheme === "https" ? ` ssl verify required ca-file ${AUTHORITIES} sni str(${hostname})` : "";

const DNS_NOTE =
  "HAProxy's HTTP client asks DNS for the gate's name and does not read /etc/hosts: where DNS does not know it, enter the gate's address.";

const named = (site: Host): string =>
  site.wildcard
    ? `hdr(host) -m reg -i ^${authorityPattern(site)}$`
    : `hdr(host) -i ${site.authority}`;

const backend = (name: string, to: Origin): string => `backend ${name}
  mode http
  timeout connect 5s
  timeout server 60s
  timeout tunnel 1h
  server one ${to.address}${tls(to)}
`;

function frontend(settings: ProxySettings, name: string, port: number, sites: Host[]): string {
  const bind = settings.https
    ? `:${port} ssl crt /etc/haproxy/gatehouse/ alpn h2,http/1.1`
    : `:${port}`;
  const asks = sites.map(
    (site, index) =>
      `  http-request lua.${name} ${site.wildcard ? "-" : site.authority} if ${name}_${index} !access`,
  );
  return `frontend ${name}_${port}
  mode http
  bind ${bind}
  timeout client 60s
${sites.map((site, index) => `  acl ${name}_${index} ${named(site)}`).join("\n")}
  acl access path_beg ${ACCESS_PREFIX}
  http-request deny deny_status 421 if ${sites.map((_, index) => `!${name}_${index}`).join(" ")}
  # Who somebody is, only the gate says; no spelling of these names survives from the client.
  http-request del-header ^cf[-_]access[-_](jwt[-_]assertion|authenticated[-_]user[-_]email)$ -m reg
  # Nor can a client have its words taken out again, as headers of the connection.
  http-request set-header Connection upgrade if { hdr(connection) -i upgrade }
  http-request del-header Connection if !{ hdr(connection) -i upgrade }
  # A header with an underscore would pass for its twin with a hyphen in many applications.
  http-request del-header ^(x[-_]forwarded[-_]|x[-_]original[-_]|forwarded$) -m reg
  http-request set-header X-Forwarded-Host %[req.hdr(host)]
  http-request set-header X-Forwarded-For %[src]
  http-request set-header X-Forwarded-Proto ${settings.https ? "https" : "http"}
${asks.join("\n")}
  # Nothing gets by without the gate's word.
  http-request deny deny_status 503 if !access !{ var(txn.gatehouse) -m str allowed }
  use_backend ${name}_gate if access
  use_backend ${name}_app if ${sites.map((_, index) => `${name}_${index}`).join(" or ")}
`;
}

/** HAProxy with its own HTTP client, used from Lua. */
export function haproxyConfig(settings: ProxySettings): ProxyConfig {
  const name = `gatehouse_${slugOf(settings)}`;
  const gate = originOf(settings.gateUrl);
  const lua = `/etc/haproxy/${name}.lua`;
  const sites = hostsOf(settings);
  const ports = [...new Set(sites.map(({ port }) => port))];
  const text = [
    banner(settings, "Add to haproxy.cfg; lua-load belongs into its global section."),
    [
      "global",
      `  lua-load ${lua}`,
      ...(gate.scheme === "https"
        ? ["  httpclient.ssl.verify required", `  httpclient.ssl.ca-file ${AUTHORITIES}`]
        : []),
      "  # Room for tokens of up to 4 KB, beside what is there of a body already.",
      "  tune.bufsize 65536",
      "  tune.maxrewrite 16384",
      "",
    ].join("\n"),
    ...ports.map((port) =>
      frontend(
        settings,
        name,
        port,
        sites.filter((site) => site.port === port),
      ),
    ),
    backend(`${name}_gate`, gate),
    backend(`${name}_app`, originOf(settings.upstream)),
  ].join("\n");
  return {
    frontEnd: "haproxy",
    files: [
      { name: `/etc/haproxy/${name}.cfg`, text },
      { name: lua, text: haproxyLua(name, gate, secretHeaders(settings)) },
    ],
    notes: [
      trustNote,
      ...hostNotes(settings),
      behindAnotherProxyNote(
        "let HAProxy take the client's address from it (http-request set-src) before the lines of Gatehouse",
      ),
      "With several applications on one port, put the lines of their frontends into one, and name the hosts of all of them in its one deny_status 421 line.",
      ...(gate.isAddress ? [] : [DNS_NOTE]),
      ...countryNotes(settings),
      "To load it, with its lines in haproxy.cfg: haproxy -c -f /etc/haproxy/haproxy.cfg && systemctl reload haproxy.",
    ],
    minimumVersion: "HAProxy 2.6 with Lua (Debian's package has it)",
  };
}
