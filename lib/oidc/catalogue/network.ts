import { NETWORK_FAULTS, NETWORK_WORDS, type NetworkFault } from "@/lib/outbound/network-fault";
import type { Row } from "./row";

const ENDPOINTS = {
  jwks: { title: "Certificate URL could not be reached", field: "certs_url" },
  token: { title: "Token URL did not answer as expected", field: "token_url" },
  userinfo: { title: "User info URL could not be reached", field: "userinfo_url" },
} as const;
export type Endpoint = keyof typeof ENDPOINTS;

const CERTIFICATES: readonly NetworkFault[] = ["tls_untrusted", "tls_expired", "tls_name"];

function rowFor(endpoint: Endpoint, fault: NetworkFault): Row {
  const { title, field } = ENDPOINTS[endpoint];
  const [cause, fix] = NETWORK_WORDS[fault];
  const named = (text: string) => text.replaceAll("{host}", "{Host|the server}");
  const last = CERTIFICATES.includes(fault)
    ? "Test again once the certificate is right."
    : "Open the address from the machine that Gatehouse runs on to see what it answers.";
  return {
    title: fault === "timeout" ? `${title.split(" URL")[0]} URL did not answer in time` : title,
    cause: named(cause),
    fixes: [named(fix), last],
    field,
  };
}

/** A row for each thing that can go wrong below HTTP, for each address that the engine calls. */
export const networkRows = Object.fromEntries(
  (Object.keys(ENDPOINTS) as Endpoint[]).flatMap((endpoint) =>
    NETWORK_FAULTS.map((fault) => [`${endpoint}_${fault}`, rowFor(endpoint, fault)]),
  ),
) as Record<`${Endpoint}_${NetworkFault}`, Row>;
