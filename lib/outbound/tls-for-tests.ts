import { createServer as createHttp, type Server } from "node:http";
import { createServer as createHttps } from "node:https";
import type { AddressInfo } from "node:net";

/** Self-signed for `localhost`, 2020 to 2120. Made for these tests; nothing else trusts it. */
export const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBYTCCAQegAwIBAgIBATAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAlsb2NhbGhv
c3QwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMBQxEjAQBgNVBAMM
CWxvY2FsaG9zdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABJLvLD0AhS2lrLlg
9DxzSMBwNzq0X8kLKbALoTP5UE9/WtP/7DGJkSfZN+9B5cY8D7rdWuJaKqA8kku/
oLXIYkCjSDBGMBQGA1UdEQQNMAuCCWxvY2FsaG9zdDAPBgNVHRMBAf8EBTADAQH/
MB0GA1UdDgQWBBQs5D5AMSwKaoMF1p6fUqy57PJmRzAKBggqhkjOPQQDAgNIADBF
AiBraAjdeRI70JVkIMXVVvXqV/xz5nCCkh4wYBAhvbz5LQIhAN85hCtI1ii48wFn
88kd0ibThAcKO1akXzM/7faiouS+
-----END CERTIFICATE-----
`;
const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgF1di69J+YtvvKig/
kYmZLhudmw2rmrCflwgzc5AccL+hRANCAASS7yw9AIUtpay5YPQ8c0jAcDc6tF/J
CymwC6Ez+VBPf1rT/+wxiZEn2TfvQeXGPA+63VriWiqgPJJLv6C1yGJA
-----END PRIVATE KEY-----
`;

export interface TestServer {
  port: number;
  stop(): void;
}

/** A server on 127.0.0.1 that answers every request with an empty key set. */
export async function startServer(scheme: "http" | "https"): Promise<TestServer> {
  const server: Server =
    scheme === "https" ? createHttps({ key: KEY, cert: CERTIFICATE }) : createHttp();
  server.on("request", (_request, response) => response.end('{"keys":[]}'));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    port: (server.address() as AddressInfo).port,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}
