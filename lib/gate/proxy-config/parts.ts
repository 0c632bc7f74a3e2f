import { parseDestination } from "@/lib/applications/destination";
import type { ProxySettings } from "./schema";

/** What the gate says about a person. Always set, so that a client's own value never survives. */
export const IDENTITY_HEADERS = [
  "Cf-Access-Jwt-Assertion",
  "Cf-Access-Authenticated-User-Email",
] as const;

/** What the gate's answer replaces when it lets a request through: the client's cookies are without its CF_Binding then. */
export const REPLACED_HEADERS = [...IDENTITY_HEADERS, "Cookie"] as const;

/** Credentials for the gate alone. */
export const SECRET_HEADER = "Cf-Access-Client-Secret";

/** The data plane's paths on the application's own host. */
export const ACCESS_PREFIX = "/cdn-cgi/access/";

export interface Host {
  /** Without a port; may hold `*`. */
  name: string;
  port: number;
  /** Name and port as a browser writes them in `Host`. */
  authority: string;
  wildcard: boolean;
}

/** Each host once; what its paths are is the gate's business. */
export function hostsOf({ application, https }: ProxySettings): Host[] {
  const found = new Map<string, Host>();
  for (const text of application.destinations) {
    const authority = parseDestination(text)?.host;
    if (!authority) continue;
    const [name = "", port] = authority.split(":");
    found.set(authority, {
      name,
      port: port ? Number(port) : https ? 443 : 80,
      authority,
      wildcard: name.includes("*"),
    });
  }
  return [...found.values()];
}

/** A name with `*` as a regular expression without anchors; one `*` never crosses a dot. */
export const hostPattern = (name: string): string =>
  name.replaceAll(".", "\\.").replaceAll("*", "[a-z0-9-]+");

/** What `Host` holds of a request for it, as a regular expression without anchors, in lower case. */
export const authorityPattern = ({ name, authority }: Host): string =>
  `${hostPattern(name)}${authority.slice(name.length)}`;

/** `*.example.com` for `app-*.example.com`: for proxies that know a whole label only. */
export const wholeLabels = (name: string): string => name.replace(/[^.]*\*[^.]*/g, "*");

/** A name for files and identifiers that no other application has: from its name and its aud. */
export function slugOf({ application }: ProxySettings): string {
  const words = application.name.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  const name = words.join("_").slice(0, 40) || "app";
  return `${name}_${application.aud.slice(0, 8)}`;
}

export interface Origin {
  scheme: "http" | "https";
  /** Host and port, both always. */
  address: string;
  hostname: string;
  isAddress: boolean;
  port: number;
  /** As in a URL: without the scheme's own port. */
  host: string;
  origin: string;
}

/** Reads an origin. Throws TypeError for what is no URL. */
export function originOf(text: string): Origin {
  const url = new URL(text);
  const scheme = url.protocol === "https:" ? "https" : "http";
  const port = Number(url.port) || (scheme === "https" ? 443 : 80);
  const { hostname, host, origin } = url;
  // The page that shows these files runs in a browser, which has no node:net.
  const isAddress = /^\[|^[\d.]+$/.test(hostname);
  return { scheme, hostname, isAddress, port, host, origin, address: `${hostname}:${port}` };
}

/** Whose word proxies take for a certificate: where Debian has it. */
export const AUTHORITIES = "/etc/ssl/certs/ca-certificates.crt";

/** First lines of every file; a name cannot end the comment it stands in. */
export const banner = ({ application }: ProxySettings, about: string): string =>
  [
    `# Gatehouse: ${application.name.replace(/[^ -~]/g, "?").slice(0, 100)}`,
    `# aud ${application.aud}`,
    `# ${about}`,
  ].join("\n");

/** Headers that hold credentials for the gate and that the application must not see. */
export const secretHeaders = ({ application }: ProxySettings): string[] => [
  SECRET_HEADER,
  ...(application.serviceTokenHeader ? [application.serviceTokenHeader] : []),
];

/** Every spelling of a header's name in which some of its hyphens are underscores. */
export function underscored(name: string): string[] {
  return name
    .split("-")
    .reduce<string[]>(
      (all, part) =>
        all.length === 0 ? [part] : all.flatMap((head) => [`${head}-${part}`, `${head}_${part}`]),
      [],
    )
    .filter((spelling) => spelling.includes("_"));
}

export function countryNotes({ countryHeader }: ProxySettings): string[] {
  if (!countryHeader) return [];
  return [
    `The client's country is read from ${countryHeader}. Whatever sets it, a CDN in front or this proxy, must also overwrite what a client sent under that name; where nothing does, clear "Country header" in the settings.`,
  ];
}

const EVERY_PATH_NOTE =
  "The gate is asked about every path of these hosts, and any other host is refused. A path that no application covers is refused too; for a public part, add an application for it with a Bypass policy.";
const WILDCARD_NOTE =
  "A host below the wildcard that another application names is judged by that one's policies, also when it is served elsewhere: anybody may ask this proxy for it. Let the application here answer for hosts that are its own, and for no other.";

export const hostNotes = (settings: ProxySettings): string[] =>
  hostsOf(settings).some(({ wildcard }) => wildcard)
    ? [EVERY_PATH_NOTE, WILDCARD_NOTE]
    : [EVERY_PATH_NOTE];
export const behindAnotherProxyNote = (how: string): string =>
  `If another proxy stands in front of this one, ${how}, or the gate takes that proxy for the client.`;
export const trustNote =
  "Gatehouse answers only proxies whose address is in TRUSTED_PROXIES (loopback, unless you set it).";
