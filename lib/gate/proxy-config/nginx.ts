import {
  ACCESS_PREFIX,
  AUTHORITIES,
  banner,
  behindAnotherProxyNote,
  countryNotes,
  type Host,
  hostNotes,
  hostPattern,
  hostsOf,
  type Origin,
  originOf,
  REPLACED_HEADERS,
  secretHeaders,
  slugOf,
  trustNote,
} from "./parts";
import type { ProxyConfig, ProxySettings } from "./schema";

const variable = (header: string): string =>
  `$upstream_http_${header.toLowerCase().replaceAll("-", "_")}`;

const tls = ({ scheme, hostname }: Origin): string =>
  scheme === "https"
    ? `\n    proxy_ssl_server_name on;\n    proxy_ssl_name ${hostname};\n    proxy_ssl_verify on;\n    proxy_ssl_trusted_certificate ${AUTHORITIES};`
    : "";

/** How each question to the gate is put; the client's own values of these names are replaced. */
const question = (gate: Origin, host: string): string => `proxy_http_version 1.1;
    proxy_method GET;
    proxy_pass_request_body off;
    proxy_set_header Content-Length "";
    proxy_set_header Connection "";
    proxy_set_header Upgrade "";
    proxy_set_header Host ${gate.host};
    proxy_set_header X-Original-Method $request_method;
    proxy_set_header X-Original-URL $scheme://${host}$request_uri;
    proxy_set_header X-Forwarded-For $remote_addr;
    proxy_set_header X-Forwarded-Host "";
    proxy_set_header X-Forwarded-Proto "";
    proxy_set_header X-Forwarded-Method "";
    proxy_set_header X-Forwarded-Uri "";
    proxy_connect_timeout 5s;
    proxy_read_timeout 15s;${tls(gate)}`;

const forwarded = (host: string): string => `proxy_set_header Host ${host};
    proxy_set_header X-Forwarded-For $remote_addr;
    proxy_set_header X-Forwarded-Host ${host};
    proxy_set_header X-Forwarded-Proto $scheme;`;

function server(settings: ProxySettings, site: Host, name: string): string {
  const gate = originOf(settings.gateUrl);
  const app = originOf(settings.upstream);
  const port = site.authority.slice(site.name.length);
  // A literal where there is one: what the client wrote in Host then decides nothing.
  const host = site.wildcard ? `$host${port}` : site.authority;
  const replaced = REPLACED_HEADERS.map((header, index) => ({
    header,
    saved: `$${name}_${index}`,
    variable: variable(header),
  }));
  return `server {
  listen ${site.port}${settings.https ? " ssl http2" : ""};
  server_name ${site.wildcard ? `"~^${hostPattern(site.name)}$"` : site.name};${
    settings.https
      ? `
  ssl_certificate     /etc/ssl/gatehouse/${site.name.replaceAll("*", "_")}.pem;
  ssl_certificate_key /etc/ssl/gatehouse/${site.name.replaceAll("*", "_")}.key;`
      : ""
  }${
    site.wildcard
      ? `
  # nginx puts hosts that it does not know into the first server; these are not this application's.
  if ($host !~ "^${hostPattern(site.name)}$") { return 421; }`
      : ""
  }
  # A header with an underscore would pass for its twin with a hyphen in many applications.
  underscores_in_headers off;
  client_max_body_size 0;
  # Tokens have up to 4 KB; questions and answers carry them beside the other cookies.
  large_client_header_buffers 4 16k;
  proxy_buffer_size 32k;
  proxy_buffers 8 32k;

  location / {
    auth_request /.gatehouse/question;
${replaced.map(({ saved, variable: from }) => `    auth_request_set ${saved} ${from};`).join("\n")}
    error_page 401 403 = @${name}_answer;

    proxy_pass ${app.scheme}://${name}_app;
    proxy_http_version 1.1;
    ${forwarded(host)}
    proxy_set_header Upgrade $http_upgrade;
    proxy_set_header Connection $${name}_connection;
    proxy_request_buffering off;
    proxy_read_timeout 1h;
${replaced.map(({ header, saved }) => `    proxy_set_header ${header} ${saved};`).join("\n")}
${secretHeaders(settings)
  .map((header) => `    proxy_set_header ${header} "";`)
  .join("\n")}${tls(app)}
  }

  # Sign-in comes back here, on the application's own host.
  location ${ACCESS_PREFIX} {
    proxy_pass ${gate.scheme}://${name}_gate;
    proxy_http_version 1.1;
    ${forwarded(host)}
    proxy_set_header Connection "";${tls(gate)}
  }

  location = /.gatehouse/question {
    internal;
    proxy_pass ${gate.scheme}://${name}_gate/forward-auth/nginx;
    ${question(gate, host)}
  }

  # What the gate answers to those whom it does not let through: the way to sign in, or a page.
  location @${name}_answer {
    rewrite ^ /forward-auth/nginx/answer? break;
    proxy_pass ${gate.scheme}://${name}_gate;
    ${question(gate, host)}
  }
}
`;
}

/** nginx with `auth_request`. */
export function nginxConfig(settings: ProxySettings): ProxyConfig {
  const name = `gatehouse_${slugOf(settings)}`;
  const upstream = (suffix: string, { address }: Origin): string =>
    `upstream ${name}_${suffix} {\n  server ${address};\n  keepalive 64;\n}\n`;
  const text = [
    banner(settings, "For the http block: nginx.conf of Debian includes conf.d/*.conf there."),
    upstream("gate", originOf(settings.gateUrl)),
    upstream("app", originOf(settings.upstream)),
    `map $http_upgrade $${name}_connection {\n  default upgrade;\n  ''      '';\n}\n`,
    ...hostsOf(settings).map((site) => server(settings, site, name)),
  ].join("\n");
  return {
    frontEnd: "nginx",
    files: [{ name: `/etc/nginx/conf.d/${name}.conf`, text }],
    notes: [
      trustNote,
      ...hostNotes(settings),
      behindAnotherProxyNote("name it in set_real_ip_from and add real_ip_header X-Forwarded-For"),
      "Keep all of the application's requests below this one location /: a location of your own needs the same auth_request lines.",
      ...countryNotes(settings),
      "To load it: nginx -t && systemctl reload nginx.",
    ],
    minimumVersion: "nginx 1.22 with ngx_http_auth_request_module (in Debian's package)",
  };
}
