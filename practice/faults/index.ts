import { CALLBACK_FAULTS, onCallback } from "./callback";
import { CERTIFICATE_FAULTS } from "./certificates";
import { CHECK_ADDRESSES, CHECK_FAULTS } from "./check";
import { CLAIM_FAULTS } from "./claims";
import { CLIENT_AUTH_VARIANTS } from "./client-auth";
import { KEY_VARIANTS } from "./client-keys";
import { DISCOVERY_FAULTS } from "./discovery";
import type { Fault, FaultyAddress, Hooks } from "./fault";
import { ID_TOKEN_FAULTS } from "./id-token";
import { IDENTITY_FAULTS } from "./identity";
import { withClaims } from "./reissue";
import { REQUEST_FAULTS } from "./requests";
import { TOKEN_FAULTS } from "./token-endpoint";
import { USER_INFO_FAULTS } from "./user-info";

export const FAULTY_ADDRESSES: readonly FaultyAddress[] = [
  ...CERTIFICATE_FAULTS,
  ...DISCOVERY_FAULTS,
  ...CHECK_ADDRESSES,
];

const ending = (id: string): string =>
  id.startsWith("discovery-") ? "/.well-known/openid-configuration" : "";

export const addressOf = (base: string, { id }: FaultyAddress): string =>
  `${base}/faults/${id}${ending(id)}`;

/** The client of a faulty discovery document has the issuer that the document states. */
function hooksOf({ id, field }: FaultyAddress): Hooks {
  if (field !== "discovery_url") return {};
  return {
    token: withClaims((payload, { base }) => ({ ...payload, iss: `${base}/faults/${id}` })),
    resume: onCallback((params, { origin }) => params.set("iss", `${origin}/faults/${id}`)),
  };
}

/** Every fault of the generic provider. Those of an address have a client too, so each has its id. */
export const GENERIC_FAULTS: readonly Fault[] = [
  ...grouped("Discovery", [...DISCOVERY_FAULTS, ...CHECK_ADDRESSES].map(clientOf)),
  ...grouped("Signing keys", CERTIFICATE_FAULTS.map(clientOf)),
  ...grouped("Pushed requests, bound tokens, age of the sign-in", REQUEST_FAULTS),
  ...grouped("The way to the provider and back", [...CALLBACK_FAULTS, ...CHECK_FAULTS]),
  ...grouped("Client authentication", [...CLIENT_AUTH_VARIANTS, ...KEY_VARIANTS]),
  ...grouped("Token URL", TOKEN_FAULTS),
  ...grouped("ID token", [...ID_TOKEN_FAULTS, ...CLAIM_FAULTS]),
  ...grouped("User info", USER_INFO_FAULTS),
  ...grouped("Email, claims and groups", IDENTITY_FAULTS),
];

function grouped(group: string, faults: readonly Fault[]): Fault[] {
  return faults.map((fault) => ({ ...fault, group }));
}

function clientOf(address: FaultyAddress): Fault {
  const { id, field, answer: _answer, ...described } = address;
  return {
    ...described,
    id: `fault-${id}`,
    hooks: hooksOf(address),
    fields: { [field]: addressOf("{base}", address) },
  };
}
