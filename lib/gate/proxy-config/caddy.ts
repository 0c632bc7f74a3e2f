import { PREFLIGHT_HEADER } from "../front-ends/schema";
import {
  ACCESS_PREFIX,
  authorityPattern,
  banner,
  behindAnotherProxyNote,
  countryNotes,
  type Host,
  hostNotes,
  hostsOf,
  IDENTITY_HEADERS,
  originOf,
  REPLACED_HEADERS,
  secretHeaders,
  slugOf,
  trustNote,
  underscored,
  wholeLabels,
} from "./parts";
import type { ProxyConfig, ProxySettings } from "./schema";

const PREFLIGHT_ANSWER = [
  ...["Origin", "Methods", "Headers", "Credentials"].map((what) => `Access-Control-Allow-${what}`),
  "Access-Control-Max-Age",
  "Vary",
];

function site(settings: ProxySettings, host: Host): string {
  const { name, port, wildcard } = host;
  const gate = originOf(settings.gateUrl);
  const app = originOf(settings.upstream);
  const scheme = settings.https ? "https" : "http";
  const own = settings.https ? 443 : 80;
  const label = wildcard ? wholeLabels(name) : name;
  const address = `${scheme}://${label}${port === own ? "" : `:${port}`}`;
  const spellings = IDENTITY_HEADERS.flatMap((header) => [header, ...underscored(header)]);
  return `${address} {
	# Another host or port, which another application's policies may open.
	@foreign not header_regexp Host "(?i)^${authorityPattern(host)}$"

	# In the order in which it is written.
	route {
		respond @foreign 421

		# Sign-in comes back here, on the application's own host.
		handle ${ACCESS_PREFIX}* {
			reverse_proxy ${gate.origin}
		}

		# Who somebody is, only the gate says; no spelling of these names survives from the client.
${spellings.map((header) => `		request_header -${header}`).join("\n")}
		# Nor can a client have its words taken out again, as headers of the connection.
		request_header Connection "(?i)cf-access-[a-z-]*" "keep-alive"

		forward_auth ${gate.origin} {
			uri /forward-auth/caddy
			copy_headers ${REPLACED_HEADERS.join(" ")}
			transport http {
				response_header_timeout 15s
			}

			# The gate's own answer to a preflight request (CORS). It comes as a 403, because any 2xx would let the request through.
			@preflight {
				status 403
				header ${PREFLIGHT_HEADER} 204
			}
			handle_response @preflight {
				copy_response_headers {
					include ${PREFLIGHT_ANSWER.join(" ")}
				}
				respond 204
			}
		}

		reverse_proxy ${app.origin} {
${secretHeaders(settings)
  .map((header) => `			header_up -${header}`)
  .join("\n")}
			# Newer Caddys keep the client's Cookie where the gate's answer leaves none of it.
			header_up Cookie "(^|;)\\s*CF_Binding\\s*=[^;]*" "$1"
		}
	}
}
`;
}

/** Caddy with `forward_auth`. */
export function caddyConfig(settings: ProxySettings): ProxyConfig {
  const name = `gatehouse_${slugOf(settings)}`;
  return {
    frontEnd: "caddy",
    files: [
      {
        name: `/etc/caddy/${name}.caddy`,
        text: [
          banner(settings, "Import it from the Caddyfile: import /etc/caddy/gatehouse_*.caddy"),
          ...hostsOf(settings).map((host) => site(settings, host)),
        ].join("\n\n"),
      },
    ],
    notes: [
      trustNote,
      ...hostNotes(settings),
      behindAnotherProxyNote("add it to servers { trusted_proxies } (Caddy 2.7 and newer)"),
      ...countryNotes(settings),
      "To load it: once, add the import line to the Caddyfile; then systemctl reload caddy.",
    ],
    minimumVersion:
      "Caddy 2.6 (in Debian's package). From 2.10.0 to 2.11.1 copy_headers lets a client's header through where the gate's answer has none; the gate always has both, and the lines above take the client's out",
  };
}
