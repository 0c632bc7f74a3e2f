import type { ServerResponse } from "node:http";
import { strangersKey } from "../keys";
import { type FaultyAddress, webPage } from "./fault";

export function sendJson(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8" });
  response.end(typeof body === "string" ? body : JSON.stringify(body));
}

export function sendHtml(response: ServerResponse, title: string, status = 200): void {
  response.writeHead(status, { "content-type": "text/html; charset=utf-8" });
  response.end(webPage(title));
}

export const CERTIFICATE_FAULTS: readonly FaultyAddress[] = [
  {
    id: "jwks-html",
    title: "Certificate URL that is a web page",
    expect: "The Certificate URL answered with a web page.",
    field: "certs_url",
    answer: (_, response) => sendHtml(response, "Signing keys of our company"),
  },
  {
    id: "jwks-empty",
    title: "Certificate URL without keys",
    expect: "The Certificate URL returned no signing keys.",
    field: "certs_url",
    answer: (_, response) => sendJson(response, {}),
  },
  {
    id: "jwks-404",
    title: "Certificate URL that does not exist",
    expect: "The Certificate URL does not exist (404).",
    field: "certs_url",
    answer: (_, response) => sendJson(response, { message: "Not Found" }, 404),
  },
  {
    id: "jwks-other-keys",
    title: "Certificate URL of another provider",
    expect: "The Certificate URL has other keys.",
    field: "certs_url",
    answer: (_, response) => {
      void strangersKey().then(({ publicJwk }) => sendJson(response, { keys: [publicJwk] }));
    },
  },
  {
    id: "jwks-hang",
    title: "Certificate URL that never answers",
    expect: "The Certificate URL did not answer in time.",
    field: "certs_url",
    answer: () => {},
  },
];
