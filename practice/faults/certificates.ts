import type { ServerResponse } from "node:http";
import { makeSigningKey, strangersKey } from "../keys";
import { type FaultyAddress, type Workshop, webPage } from "./fault";

export function sendJson(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8" });
  response.end(typeof body === "string" ? body : JSON.stringify(body));
}

export function sendHtml(response: ServerResponse, title: string, status = 200): void {
  response.writeHead(status, { "content-type": "text/html; charset=utf-8" });
  response.end(webPage(title));
}

const PUBLISHED = "Use the published Certificate URL: {base}/jwks";

type Answer = (response: ServerResponse, workshop: Workshop) => void | Promise<void>;

const keysAt = (
  id: string,
  title: string,
  expect: string,
  code: NonNullable<FaultyAddress["code"]>,
  answer: Answer,
): FaultyAddress => ({
  id,
  title,
  expect,
  code,
  remedy: PUBLISHED,
  field: "certs_url",
  answer: (_, response, workshop) => void answer(response, workshop),
});

const PEM = "-----BEGIN CERTIFICATE-----\nMIIBpractice\n-----END CERTIFICATE-----\n";

const MORE: readonly FaultyAddress[] = [
  keysAt(
    "jwks-pem",
    "Certificate URL with certificates in place of keys",
    "The Certificate URL holds certificates, not keys.",
    "jwks_certificates",
    (response) => sendJson(response, { "practice-key": PEM }),
  ),
  keysAt(
    "jwks-text",
    "Certificate URL with plain text",
    "The Certificate URL did not return keys.",
    "jwks_not_json",
    (response) => sendJson(response, "no keys here"),
  ),
  keysAt(
    "jwks-other-json",
    "Certificate URL with other JSON",
    "The Certificate URL did not return keys.",
    "jwks_not_keys",
    (response) => sendJson(response, { status: "ok" }),
  ),
  keysAt(
    "jwks-encryption-only",
    "Certificate URL with an encryption key only",
    "This address returned no signing keys.",
    "jwks_no_signing_keys",
    (response, { key }) => sendJson(response, { keys: [{ ...key.publicJwk, use: "enc" }] }),
  ),
  keysAt(
    "jwks-500",
    "Certificate URL that fails (500)",
    "The provider could not serve its keys.",
    "jwks_server_error",
    (response) => sendJson(response, { message: "Internal Server Error" }, 500),
  ),
  keysAt(
    "jwks-403",
    "Certificate URL that is forbidden (403)",
    "The Certificate URL did not answer as expected.",
    "jwks_status",
    (response) => sendJson(response, { message: "Forbidden" }, 403),
  ),
  keysAt(
    "jwks-too-often",
    "Certificate URL asked too often (429)",
    "The Certificate URL is asked too often.",
    "jwks_rate_limited",
    (response) => sendJson(response, { message: "Too Many Requests" }, 429),
  ),
  keysAt(
    "jwks-bot-check",
    "Bot check before the Certificate URL (403)",
    "A bot check stands before the Certificate URL.",
    "jwks_blocked_by_check",
    (response) => sendHtml(response, "Attention Required! Verify you are human", 403),
  ),
  keysAt(
    "jwks-redirect",
    "Certificate URL that redirects",
    "The Certificate URL redirects; the button takes the right address.",
    "jwks_redirect",
    (response, { base }) => {
      response.writeHead(301, { location: `${base}/jwks` });
      response.end();
    },
  ),
  keysAt(
    "jwks-bad-key",
    "Certificate URL with a damaged key",
    "A key at the Certificate URL cannot be used.",
    "bad_key",
    (response, { key }) => sendJson(response, { keys: [{ ...key.publicJwk, n: "AQAB" }] }),
  ),
  keysAt(
    "jwks-unfit",
    "Certificate URL with a key of another kind under the same name",
    "The Certificate URL has other keys.",
    "key_unfit",
    async (response, { key }) => {
      const { publicJwk } = await makeSigningKey("ES256");
      sendJson(response, { keys: [{ ...publicJwk, kid: key.kid }] });
    },
  ),
  keysAt(
    "jwks-huge",
    "Certificate URL with 4 MB",
    "The answer is larger than Gatehouse reads.",
    "jwks_too_large",
    (response, { key }) =>
      sendJson(response, { keys: [key.publicJwk], padding: "x".repeat(4 * 1024 * 1024) }),
  ),
  {
    ...keysAt(
      "jwks-discovery",
      "Certificate URL that is the discovery document",
      "The Certificate URL is the discovery document; the button takes the address in it.",
      "jwks_is_discovery",
      (response, { base, issuer }) => sendJson(response, { issuer, jwks_uri: `${base}/jwks` }),
    ),
    remedy: "Use {base}/jwks as Certificate URL",
  },
  {
    id: "jwks-twice",
    title: "Two keys under one name",
    expect: "Passes; the name that comes twice is noted.",
    code: "jwks_duplicate_ids",
    field: "certs_url",
    answer: (_, response, { key }) => {
      void strangersKey().then(({ publicJwk }) =>
        sendJson(response, { keys: [{ ...publicJwk, kid: key.kid }, key.publicJwk] }),
      );
    },
  },
];

export const CERTIFICATE_FAULTS: readonly FaultyAddress[] = [
  ...MORE,
  {
    id: "jwks-html",
    title: "Certificate URL that is a web page",
    expect: "The Certificate URL answered with a web page.",
    code: "jwks_html",
    remedy: PUBLISHED,
    field: "certs_url",
    answer: (_, response) => sendHtml(response, "Signing keys of our company"),
  },
  {
    id: "jwks-empty",
    title: "Certificate URL without keys",
    expect: "The Certificate URL returned no signing keys.",
    code: "jwks_empty",
    remedy: PUBLISHED,
    field: "certs_url",
    answer: (_, response) => sendJson(response, {}),
  },
  {
    id: "jwks-404",
    title: "Certificate URL that does not exist",
    expect: "The Certificate URL does not exist (404).",
    code: "jwks_not_found",
    remedy: PUBLISHED,
    field: "certs_url",
    answer: (_, response) => sendJson(response, { message: "Not Found" }, 404),
  },
  {
    id: "jwks-other-keys",
    title: "Certificate URL of another provider",
    expect: "The Certificate URL has other keys.",
    code: "kid_unknown",
    remedy: PUBLISHED,
    field: "certs_url",
    answer: (_, response) => {
      void strangersKey().then(({ publicJwk }) => sendJson(response, { keys: [publicJwk] }));
    },
  },
  {
    id: "jwks-hang",
    title: "Certificate URL that never answers",
    expect: "The Certificate URL did not answer in time.",
    code: "jwks_timeout",
    remedy: PUBLISHED,
    field: "certs_url",
    answer: () => {},
  },
];
