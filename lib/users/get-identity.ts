import { createHash } from "node:crypto";
import { findConnector } from "@/lib/connectors";
import type { PersonIdentity, UserDetail } from "./schema";

/** Fields that stand in every identity, as Cloudflare's SDKs expect them (cloudflare-access §4.4). */
const WITHOUT_DEVICES = {
  devicePosture: {},
  device_sessions: {},
  device_id: "",
  is_warp: false,
  is_gateway: false,
  gateway_account_id: "",
  version: 2,
  auth_status: "NONE",
} as const;
const NO_CERTIFICATE = {
  auth_status: "NONE",
  cert_issuer_dn: "",
  cert_issuer_ski: "",
  cert_presented: false,
  cert_serial: "",
} as const;

/** 32 hex digits that stand for this installation, where Cloudflare has the id of an account. */
export const accountIdOf = (teamDomain: string): string =>
  createHash("sha256").update(`account of ${teamDomain}`).digest("hex").slice(0, 32);

/** Cloudflare's `type` of a login method. */
const typeOf = (kind: string): string => findConnector(kind)?.type ?? kind;

/** Who a person is, in the words of get-identity. */
export const personFields = (person: PersonIdentity) => ({
  id: person.subject,
  name: person.name ?? "",
  email: person.email,
  idp: { id: person.loginMethod.id, type: typeOf(person.loginMethod.kind) },
  groups: person.groups,
  amr: person.amr,
  oidc_fields: Object.fromEntries(person.claims.map(({ name, value }) => [name, value])),
});

export interface IdentityOfSession {
  person: PersonIdentity;
  userId: string;
  ip: string | null;
  country: string | null;
  /** Milliseconds since 1970: the login. */
  createdAt: number;
}

/** What get-identity answers about a person with a live session. */
export const sessionIdentity = (session: IdentityOfSession, teamDomain: string) => ({
  ...personFields(session.person),
  geo: { country: session.country ?? "" },
  user_uuid: session.userId,
  account_id: accountIdOf(teamDomain),
  iat: Math.floor(session.createdAt / 1000),
  ip: session.ip ?? "",
  service_token_id: "",
  service_token_status: false,
  common_name: "",
  mtls_auth: NO_CERTIFICATE,
  ...WITHOUT_DEVICES,
});

/** The same about a program. */
export const programIdentity = (
  program: { id: string; clientId: string },
  request: { iat: number; ip: string | null; country: string | null },
  teamDomain: string,
) => ({
  email: "",
  idp: { id: "", type: "" },
  geo: { country: request.country ?? "" },
  user_uuid: "",
  account_id: accountIdOf(teamDomain),
  iat: request.iat,
  ip: request.ip ?? "",
  service_token_id: program.clientId,
  service_token_status: true,
  common_name: program.clientId,
  mtls_auth: NO_CERTIFICATE,
  ...WITHOUT_DEVICES,
});

/** What the registry knows in the same words; address and country belong to a session. */
export const registryIdentity = (
  user: Pick<UserDetail, "id" | "identity" | "identityUpdatedAt">,
) => ({
  ...personFields(user.identity),
  user_uuid: user.id,
  iat: Math.floor(Date.parse(user.identityUpdatedAt) / 1000),
  ...(user.identity.scim && { scim: user.identity.scim }),
  ...WITHOUT_DEVICES,
});
