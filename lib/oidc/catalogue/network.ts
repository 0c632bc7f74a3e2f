import { NETWORK_FAULTS, NETWORK_WORDS, type NetworkFault } from "@/lib/outbound/network-fault";
import { GROUPS_INSTEAD } from "./groups-api";
import type { Row } from "./row";

const ENDPOINTS: Record<
  "jwks" | "token" | "userinfo" | "groups_api" | "person" | "par",
  { name: string; problem: string; field?: string; consequence?: string }
> = {
  jwks: { name: "Certificate URL", problem: "could not be reached", field: "certs_url" },
  token: { name: "Token URL", problem: "did not answer as expected", field: "token_url" },
  userinfo: { name: "User info URL", problem: "could not be reached", field: "userinfo_url" },
  par: {
    name: "Pushed authorization request URL",
    problem: "could not be reached",
    field: "par_url",
  },
  person: { name: "The provider's API", problem: "could not be reached" },
  groups_api: { name: "Groups API", problem: "could not be reached", consequence: GROUPS_INSTEAD },
};
export type Endpoint = keyof typeof ENDPOINTS;

const CERTIFICATES: readonly NetworkFault[] = ["tls_untrusted", "tls_expired", "tls_name"];

/** Where the remedy is another field than the address. */
const FIELDS: Partial<Record<NetworkFault, string>> = {
  tls_untrusted: "tls_ca",
  tls_settings: "tls_ca",
  tls_client: "tls_client_cert",
  tls_handshake: "tls_client_cert",
};

function rowFor(endpoint: Endpoint, fault: NetworkFault): Row {
  const { name, problem, field, consequence } = ENDPOINTS[endpoint];
  const [cause, fix] = NETWORK_WORDS[fault];
  const named = (text: string) => text.replaceAll("{host}", "{Host|the server}");
  const last = CERTIFICATES.includes(fault)
    ? "Test again once the certificate is right."
    : "Open the address from the machine that Gatehouse runs on to see what it answers.";
  return {
    title: `${name} ${fault === "timeout" ? "did not answer in time" : problem}`,
    cause: [named(cause), consequence].filter(Boolean).join(" "),
    fixes: [named(fix), last],
    ...((FIELDS[fault] ?? field) && { field: FIELDS[fault] ?? field }),
  };
}

/** A row for each thing that can go wrong below HTTP, for each address that the engine calls. */
export const networkRows = Object.fromEntries(
  (Object.keys(ENDPOINTS) as Endpoint[]).flatMap((endpoint) =>
    NETWORK_FAULTS.map((fault) => [`${endpoint}_${fault}`, rowFor(endpoint, fault)]),
  ),
) as Record<`${Endpoint}_${NetworkFault}`, Row>;
