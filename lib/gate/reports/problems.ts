import { FRONT_END_NAMES, type FrontEndId, type ProxyProblemCode } from "../front-ends/schema";

export interface ProblemWords {
  title: string;
  /** What to change, as a sentence or two. */
  fix: string;
}

/** The headers that each front end needs, as its configuration sets them. */
const NEEDED: Readonly<Record<FrontEndId, string>> = {
  nginx:
    "X-Original-URL ($scheme, the host and $request_uri), X-Original-Method and X-Forwarded-For",
  caddy: "X-Forwarded-Method, -Proto, -Host, -Uri and -For, which forward_auth sets by itself",
  traefik: "X-Forwarded-Method, -Proto, -Host, -Uri and -For, which forwardAuth sets by itself",
  haproxy: "X-Forwarded-Method, -Proto, -Host, -Uri and -For, which its Lua file sets",
  envoy:
    "the browser's method, authority and path (behind path_prefix), with X-Forwarded-Proto and X-Forwarded-For among allowed_headers",
  apache: "X-Forwarded-Method, -Proto, -Host, -Uri and -For, which its Lua file sets",
};

/** Where several of one header come from, in the words of the proxy. */
const REPEATED: Readonly<Record<FrontEndId, string>> = {
  nginx: "Set each with proxy_set_header, which replaces the client's, and only once.",
  caddy: "Take out header_up lines that add to X-Forwarded-* (a + before the name).",
  traefik:
    "Set trustForwardHeader to false, and name only your own proxies in forwardedHeaders.trustedIPs.",
  haproxy: "Use the Lua file as it is, and del-header before each add-header.",
  envoy:
    "Use headers_to_add with append_action OVERWRITE_IF_EXISTS_OR_ADD, and use_remote_address.",
  apache: "Use RequestHeader set in place of RequestHeader add.",
};

const FORWARD_ACCESS: Readonly<Record<FrontEndId, string>> = {
  nginx: "Add the location /cdn-cgi/access/ of the configuration on the application's page.",
  caddy:
    "Add the handle /cdn-cgi/access/* of the configuration on the application's page, before the others.",
  traefik:
    "Add the router for PathPrefix(`/cdn-cgi/access/`), with a higher priority and no middleware.",
  haproxy:
    "Add use_backend for path_beg /cdn-cgi/access/, and leave these paths out of the http-request lua line.",
  envoy: "Add the route for the prefix /cdn-cgi/access/ first, with ext_authz disabled for it.",
  apache: "Add ProxyPass /cdn-cgi/access/ before ProxyPass /.",
};

const APPLICATIONS_PAGE =
  "The configuration on the application's page under Access > Applications has it right.";

type Words = (frontEnd: FrontEndId, name: string) => ProblemWords;

const WORDS: Readonly<Record<Exclude<ProxyProblemCode, "unknown_front_end">, Words>> = {
  untrusted_proxy: (_frontEnd, name) => ({
    title: `${name} asks from an address that is not trusted`,
    fix: "If this is your proxy, add its address to TRUSTED_PROXIES and restart. If it is not, keep strangers away from the gate's port.",
  }),
  unexpected_path: (frontEnd, name) => ({
    title: `${name} asks at an address that the gate does not have`,
    fix: `The address is /forward-auth/${frontEnd}, with nothing behind it. ${APPLICATIONS_PAGE}`,
  }),
  wrong_front_end: (frontEnd, name) => ({
    title: `The gate's address for ${name} is asked with another proxy's headers`,
    fix: `/forward-auth/${frontEnd} needs ${NEEDED[frontEnd]}. Use the address made for your proxy. ${APPLICATIONS_PAGE}`,
  }),
  missing_header: (frontEnd, name) => ({
    title: `${name} leaves out a header that the gate needs`,
    fix: `It needs ${NEEDED[frontEnd]}. ${APPLICATIONS_PAGE}`,
  }),
  repeated_header: (frontEnd, name) => ({
    title: `${name} sends a header more than once`,
    fix: `A client's own value may be among them. ${REPEATED[frontEnd]}`,
  }),
  malformed_header: (frontEnd, name) => ({
    title: `${name} sends a header that cannot be what it should be`,
    fix: `It needs ${NEEDED[frontEnd]}. ${APPLICATIONS_PAGE}`,
  }),
  access_path_not_forwarded: (frontEnd, name) => ({
    title: `${name} does not pass /cdn-cgi/access/ to Gatehouse`,
    fix: `Nobody can finish to sign in. ${FORWARD_ACCESS[frontEnd]}`,
  }),
};

/** A problem in words. `frontEnd` is null where the address names no front end that there is. */
export function problemWords(frontEnd: FrontEndId | null, problem: ProxyProblemCode): ProblemWords {
  if (frontEnd === null || problem === "unknown_front_end") {
    return {
      title: "A proxy asks the gate for a front end that there is not",
      fix: `The gate's addresses are ${Object.keys(FRONT_END_NAMES)
        .map((id) => `/forward-auth/${id}`)
        .join(", ")}. ${APPLICATIONS_PAGE}`,
    };
  }
  return WORDS[problem](frontEnd, FRONT_END_NAMES[frontEnd]);
}
