import { sendHtml, sendJson } from "./certificates";
import type { FaultyAddress, Workshop } from "./fault";

const DEPTH = 100_000;

/** What a discovery document at this address should say: the generic provider's own endpoints. */
export const goodDocument = (base: string, issuer: string): Record<string, unknown> => ({
  issuer,
  authorization_endpoint: `${base}/auth`,
  token_endpoint: `${base}/token`,
  userinfo_endpoint: `${base}/me`,
  jwks_uri: `${base}/jwks`,
  response_types_supported: ["code"],
  subject_types_supported: ["public"],
  id_token_signing_alg_values_supported: ["RS256", "ES256"],
  scopes_supported: ["openid", "email", "profile", "groups"],
  token_endpoint_auth_methods_supported: ["client_secret_post", "client_secret_basic"],
  code_challenge_methods_supported: ["S256"],
});

const documentAt = ({ base }: Workshop, id: string) => goodDocument(base, `${base}/faults/${id}`);

export const DISCOVERY_FAULTS: readonly FaultyAddress[] = [
  {
    id: "discovery-html",
    title: "Discovery that is a web page",
    expect: "The server answered with a web page, not JSON.",
    field: "discovery_url",
    answer: (_, response) => sendHtml(response, "Single sign-on for our staff"),
  },
  {
    id: "discovery-huge",
    title: "Discovery document of 8 MB",
    expect: "The document is too large.",
    field: "discovery_url",
    answer: (_, response, workshop) => {
      const padding = "x".repeat(8 * 1024 * 1024);
      sendJson(response, { ...documentAt(workshop, "discovery-huge"), padding });
    },
  },
  {
    id: "discovery-deep",
    title: "Discovery document nested 100,000 deep",
    expect: "Fills the fields, or says that the document cannot be read; nothing breaks.",
    field: "discovery_url",
    answer: (_, response, workshop) => {
      const document = JSON.stringify(documentAt(workshop, "discovery-deep")).slice(0, -1);
      sendJson(response, `${document},"deep":${"[".repeat(DEPTH)}${"]".repeat(DEPTH)}}`);
    },
  },
  {
    id: "discovery-redirect-other-host",
    title: "Discovery that redirects to another host",
    expect: "The redirect is not followed; the message names the other host.",
    field: "discovery_url",
    answer: (_, response, { base }) => {
      // The other name of this machine: a good document waits there, so following would succeed.
      const other = base.replace("//localhost:", "//127.0.0.1:");
      response.writeHead(302, { location: `${other}/.well-known/openid-configuration` });
      response.end();
    },
  },
  {
    id: "discovery-proto",
    title: "Discovery document with __proto__ and constructor keys",
    expect: "Fills the fields; the odd keys have no effect.",
    field: "discovery_url",
    answer: (_, response, workshop) => {
      const document = JSON.stringify(documentAt(workshop, "discovery-proto")).slice(1);
      const poison = `{"polluted":"yes","issuer":"https://other.example.com"}`;
      sendJson(
        response,
        `{"__proto__":${poison},"constructor":{"prototype":${poison}},${document}`,
      );
    },
  },
  {
    id: "discovery-wrong-issuer",
    title: "Discovery document of another issuer",
    expect: "Mismatch: the issuer differs from the address.",
    field: "discovery_url",
    answer: (_, response, { base }) =>
      sendJson(response, goodDocument(base, "https://other.example.com")),
  },
  {
    id: "discovery-partial",
    title: "Discovery document without jwks_uri",
    expect: "Filled 2 of 3: enter the Certificate URL by hand.",
    field: "discovery_url",
    answer: (_, response, workshop) => {
      const { jwks_uri: _missing, ...rest } = documentAt(workshop, "discovery-partial");
      sendJson(response, rest);
    },
  },
  {
    id: "discovery-private",
    title: "Discovery document with a token endpoint at a private address",
    expect: "Save refuses the plain-http address of a private host.",
    field: "discovery_url",
    answer: (_, response, workshop) =>
      sendJson(response, {
        ...documentAt(workshop, "discovery-private"),
        token_endpoint: "http://169.254.169.254/latest/token",
      }),
  },
  {
    id: "discovery-hang",
    title: "Discovery that never answers",
    expect: "The server did not answer in time.",
    field: "discovery_url",
    answer: () => {},
  },
];
