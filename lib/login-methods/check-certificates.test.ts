import { describe, expect, test } from "vitest";
import { certificatesProblem, privateKeyProblem, tidyPem } from "@/lib/connectors/pem";
import { isAppError } from "@/lib/kit/errors";
import {
  AUTHORITY,
  CLIENT,
  EXPIRED_AUTHORITY,
  EXPIRED_CLIENT,
  SERVER,
  STRANGER,
  STRANGERS_CLIENT,
} from "@/lib/outbound/pki-for-tests";
import { refuseBadCertificates } from "./check-certificates";

/** Messages by field. */
function problems(config: object, key: unknown = undefined, before: object | null = null) {
  try {
    refuseBadCertificates({ ...config }, before && { ...before }, () => key);
    return {};
  } catch (error) {
    if (!isAppError(error)) throw error;
    return Object.fromEntries(
      Object.entries(error.fields ?? {}).map(([name, messages]) => [name, messages.join()]),
    );
  }
}

describe("certificate authorities", () => {
  test.each([
    ["", {}],
    [AUTHORITY, {}],
    [`${AUTHORITY}${STRANGER}`, {}],
    [
      SERVER.cert,
      {
        "config.tls_ca": expect.stringMatching(
          /localhost is the certificate of a server, not of an authority.*issued it: Gatehouse test authority/,
        ),
      },
    ],
    [
      `${AUTHORITY}${EXPIRED_AUTHORITY}`,
      { "config.tls_ca": "Expired test authority expired on 1 January 2021. Paste its successor" },
    ],
    [
      AUTHORITY.replace(/MII/, "AAA"),
      { "config.tls_ca": "Certificate 1 cannot be read. Was it copied whole?" },
    ],
  ])("case %#", (tls_ca, expected) => expect(problems({ tls_ca })).toEqual(expected));

  test("what is stored does not stand in the way of another change when it has expired", () =>
    expect(
      problems({ tls_ca: EXPIRED_AUTHORITY }, undefined, { tls_ca: EXPIRED_AUTHORITY }),
    ).toEqual({}));
});

describe("a client certificate and its key", () => {
  test.each([
    ["that belong together", CLIENT.cert, CLIENT.key, {}],
    ["with the chain behind it", `${CLIENT.cert}${AUTHORITY}`, CLIENT.key, {}],
    [
      "that do not",
      CLIENT.cert,
      STRANGERS_CLIENT.key,
      { "config.tls_client_key": expect.stringMatching(/does not belong to .*gatehouse at acme/) },
    ],
    [
      "with the chain before it",
      `${AUTHORITY}${CLIENT.cert}`,
      CLIENT.key,
      { "config.tls_client_key": expect.stringMatching(/comes first, then its chain/) },
    ],
    [
      "that has expired",
      EXPIRED_CLIENT.cert,
      EXPIRED_CLIENT.key,
      { "config.tls_client_cert": expect.stringMatching(/expired on 1 January 2021/) },
    ],
    [
      "with a damaged key",
      CLIENT.cert,
      CLIENT.key.replace(/MIG/, "AAA"),
      { "config.tls_client_key": "This key cannot be read. Was it copied whole?" },
    ],
  ])("%s", (_name, tls_client_cert, key, expected) =>
    expect(problems({ tls_client_cert }, key)).toEqual(expected),
  );

  test("an error never repeats the key", () => {
    const said = JSON.stringify(problems({ tls_client_cert: CLIENT.cert }, STRANGERS_CLIENT.key));
    expect(said).not.toContain(STRANGERS_CLIENT.key.split("\n")[1]);
  });
});

describe("the shape of PEM, as the browser sees it", () => {
  const oneLine = AUTHORITY.replaceAll("\n", "");

  test.each([
    ["", null],
    [AUTHORITY, null],
    [oneLine, null],
    [`subject=CN = x\n${AUTHORITY}\r\n${STRANGER.replaceAll("\n", "\r\n")}`, null],
    ["hello", /PEM form/],
    [AUTHORITY.slice(0, 200), /PEM form/],
    [AUTHORITY.replaceAll("CERTIFICATE", "TRUSTED CERTIFICATE"), /PEM form/],
    [AUTHORITY.replace("\nMII", "\n<script>"), /PEM form/],
    [`${CLIENT.cert}${CLIENT.key}`, /holds a private key/],
    [AUTHORITY.repeat(51), /at most 50/],
  ])("of certificates: case %#", (text, message) => {
    const problem = certificatesProblem(text);
    if (message === null) expect(problem).toBeNull();
    else expect(problem).toMatch(message);
  });

  test.each([
    ["", null],
    ["(kept)", null],
    [CLIENT.key, null],
    [
      `-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n${CLIENT.key}`,
      null,
    ],
    [CLIENT.cert, /one private key/],
    [`${CLIENT.key}${CLIENT.key}`, /one private key/],
    [CLIENT.key.replaceAll("PRIVATE", "ENCRYPTED PRIVATE"), /openssl pkey/],
    [
      CLIENT.key.replace("-----\n", "-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\n"),
      /openssl pkey/,
    ],
  ])("of a key: case %#", (text, message) => {
    const problem = privateKeyProblem(text);
    if (message === null) expect(problem).toBeNull();
    else expect(problem).toMatch(message);
  });

  test("is put right whatever a field did to it, and then stays as it is", () => {
    expect(tidyPem(oneLine)).toBe(AUTHORITY);
    expect(tidyPem(`x\n${AUTHORITY}y`)).toBe(AUTHORITY);
    expect(tidyPem(AUTHORITY)).toBe(AUTHORITY);
  });

  test("hostile text does not make it slow", () => {
    expect(certificatesProblem("-----BEGIN A-----".repeat(100_000))).toMatch(/PEM form/);
    expect(certificatesProblem("-----BEGIN ".repeat(100_000))).toMatch(/PEM form/);
  });
});
