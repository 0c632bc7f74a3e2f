import { apacheLua } from "./apache-lua";
import {
  ACCESS_PREFIX,
  AUTHORITIES,
  banner,
  behindAnotherProxyNote,
  countryNotes,
  type Host,
  hostNotes,
  hostsOf,
  IDENTITY_HEADERS,
  originOf,
  secretHeaders,
  slugOf,
  trustNote,
  underscored,
} from "./parts";
import type { ProxyConfig, ProxySettings } from "./schema";

function virtualHost(settings: ProxySettings, site: Host, name: string): string {
  const gate = originOf(settings.gateUrl);
  const app = originOf(settings.upstream);
  const scheme = settings.https ? "https" : "http";
  const removed = [
    ...IDENTITY_HEADERS.flatMap((header) => [header, ...underscored(header)]),
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "X-Forwarded-Proto",
    "X-Forwarded-Server",
  ];
  const named = site.wildcard
    ? `ServerName ${site.name.replaceAll("*", "x")}\n  ServerAlias ${site.name}`
    : `ServerName ${site.name}`;
  return `<VirtualHost *:${site.port}>
  ${named}
  UseCanonicalName Off${
    settings.https
      ? `
  SSLEngine on
  SSLCertificateFile /etc/ssl/gatehouse/${site.name.replaceAll("*", "_")}.pem
  SSLCertificateKeyFile /etc/ssl/gatehouse/${site.name.replaceAll("*", "_")}.key`
      : ""
  }

  # Who somebody is, only the gate says; no spelling of these names survives from the client.
${removed.map((header) => `  RequestHeader unset ${header} early`).join("\n")}
  # Nor can a client have its words taken out again, as headers of the connection.
  RequestHeader edit* Connection "(?i)cf-access-[a-z-]*" "keep-alive" early
  RequestHeader set X-Forwarded-Proto ${scheme} early

  # Tokens have up to 4 KB, beside the other cookies.
  LimitRequestFieldSize 16380
  LimitRequestLine 16380

  # Paths stay as the client wrote them, for the gate and for the application alike.
  AllowEncodedSlashes NoDecode
  ProxyPreserveHost On
  ProxyAddHeaders On${gate.scheme === "https" || app.scheme === "https" ? `\n  SSLProxyEngine On\n  SSLProxyVerify require\n  SSLProxyCACertificateFile ${AUTHORITIES}\n  SSLProxyCheckPeerName On` : ""}

  <Location "/">
    LuaHookAccessChecker /etc/apache2/${name}.lua gatehouse early
  </Location>

  # Sign-in comes back here, on the application's own host.${
    gate.scheme === "https"
      ? `
  <Location "${ACCESS_PREFIX}">
    # Apache holds the certificate against the host that it passes on; the gate has the application's in X-Forwarded-Host.
    ProxyPreserveHost Off
  </Location>`
      : ""
  }
  ProxyPass ${ACCESS_PREFIX} ${gate.origin}${ACCESS_PREFIX} nocanon
  ProxyPass / ${app.origin}/ nocanon upgrade=websocket
</VirtualHost>
`;
}

/** Apache with mod_lua, which asks the gate by LuaSocket. */
export function apacheConfig(settings: ProxySettings): ProxyConfig {
  const name = `gatehouse_${slugOf(settings)}`;
  const gate = originOf(settings.gateUrl);
  const sites = hostsOf(settings);
  const modules = `lua headers proxy proxy_http${settings.https || gate.scheme === "https" ? " ssl" : ""}`;
  return {
    frontEnd: "apache",
    files: [
      {
        name: `/etc/apache2/sites-available/${name}.conf`,
        text: [
          banner(settings, `a2enmod ${modules}; a2ensite ${name}`),
          ...sites.map((site) => virtualHost(settings, site, name)),
        ].join("\n"),
      },
      {
        name: `/etc/apache2/${name}.lua`,
        text: apacheLua(gate, secretHeaders(settings), sites, settings.countryHeader),
      },
    ],
    notes: [
      trustNote,
      ...hostNotes(settings),
      `It needs Debian's package lua-socket${gate.scheme === "https" ? ", and lua-sec for a gate over https" : ""}.`,
      behindAnotherProxyNote("use mod_remoteip with RemoteIPInternalProxy"),
      ...countryNotes(settings),
      "To load it: the commands at its top; then apache2ctl configtest && systemctl reload apache2.",
    ],
    minimumVersion: "Apache 2.4.47 with mod_lua (in Debian's package)",
  };
}
