import type { DiagnosisCode } from "../catalogue";
import type { Remedy } from "../schema";
import {
  fromDiscovery,
  jwksUri,
  overTls,
  redirectTarget,
  slashCorrected,
  withoutResponseMode,
} from "./addresses";
import { respelledEmail, standardEmail } from "./email";
import type { Evidence, Maker } from "./evidence";
import { issuerOfToken } from "./issuer";
import { addScope, missingScopes, refusedScope } from "./scopes";
import {
  acceptedMethod,
  anyAge,
  defaultPrompt,
  dpopOff,
  dpopOn,
  otherMethods,
  parOff,
  pkceOff,
  pkceOn,
  publishedPar,
} from "./settings";

const MOST = 4;

const token = fromDiscovery("token_url");
const keys = fromDiscovery("certs_url");
const userInfo = fromDiscovery("userinfo_url");
const everyAddress = fromDiscovery("token_url", "certs_url", "auth_url", "userinfo_url");

/** What Gatehouse can change by itself, by diagnosis; most promising first. */
const MAKERS: Partial<Record<DiagnosisCode, readonly Maker[]>> = {
  plain_http: [overTls],
  public_without_pkce: [pkceOn],
  jwks_not_found: [keys, slashCorrected("certs_url")],
  jwks_redirect: [keys, redirectTarget("certs_url")],
  jwks_is_discovery: [jwksUri],
  jwks_status: [keys],
  jwks_html: [keys],
  jwks_not_json: [keys],
  jwks_not_keys: [keys],
  jwks_empty: [keys],
  jwks_no_signing_keys: [keys],
  kid_unknown: [keys, token],
  key_unfit: [keys, token],
  bad_signature: [keys, token],
  bad_key: [keys, token],
  invalid_scope: [refusedScope],
  pkce_required: [pkceOn],
  invalid_request: [withoutResponseMode, defaultPrompt],
  response_mode: [withoutResponseMode],
  login_required: [defaultPrompt],
  invalid_client_method: [acceptedMethod],
  invalid_client: [token, otherMethods],
  invalid_grant: [token],
  invalid_grant_pkce: [pkceOn, pkceOff],
  pkce_refused: [pkceOff],
  par_required: [publishedPar],
  par_refused: [parOff],
  par_html: [publishedPar, parOff],
  par_redirect: [publishedPar, parOff],
  par_not_found: [publishedPar, parOff],
  par_status: [publishedPar, parOff],
  par_incomplete: [publishedPar, parOff],
  dpop_required: [dpopOn],
  dpop_refused: [dpopOff],
  dpop_nonce: [dpopOff],
  dpop_bearer: [dpopOff],
  auth_time_missing: [anyAge],
  auth_time_old: [anyAge],
  auth_time_future: [anyAge],
  token_not_found: [token, slashCorrected("token_url")],
  token_redirect: [token, redirectTarget("token_url")],
  token_status: [token],
  token_html: [token, slashCorrected("token_url")],
  token_not_json: [token],
  token_incomplete: [token],
  no_id_token: [addScope("openid"), token],
  iss_mismatch: [issuerOfToken, everyAddress],
  issuer_template: [issuerOfToken],
  issuer_version: [everyAddress, issuerOfToken],
  jwks_certificates: [keys],
  no_email: [respelledEmail, addScope("email"), userInfo],
  email_invalid: [respelledEmail],
  email_fallback: [respelledEmail, standardEmail],
  claims_missing: [missingScopes],
  groups_missing: [missingScopes],
  userinfo_refused: [userInfo],
  userinfo_status: [userInfo, redirectTarget("userinfo_url")],
  userinfo_not_json: [userInfo],
  userinfo_sub_mismatch: [userInfo],
};

const networkAddress: [RegExp, Maker][] = [
  [/^jwks_/, keys],
  [/^token_/, token],
  [/^userinfo_/, userInfo],
  [/^par_/, publishedPar],
];

const makersFor = (code: DiagnosisCode): readonly Maker[] =>
  MAKERS[code] ?? networkAddress.filter(([prefix]) => prefix.test(code)).map(([, maker]) => maker);

/**
 * Changes of settings that Gatehouse can make by itself against a diagnosis, most promising first.
 * `own` are those that the failing step found. A change to a setting that the login method does not
 * have is left out. None of them sets a secret or accepts what was refused as unsafe.
 */
export function remediesFor(
  code: DiagnosisCode,
  evidence: Evidence,
  own: readonly Remedy[] = [],
): Remedy[] {
  const { configKeys } = evidence.connection;
  const all = [...own, ...makersFor(code).flatMap((make) => make(evidence))];
  const possible = all.filter(({ set }) =>
    Object.entries(set).every(
      // Of a secret, all that a remedy can say is that it should go.
      ([key, value]) => value === null || (configKeys?.includes(key) ?? true),
    ),
  );
  const bySetting = new Map(
    possible.map((one) => [JSON.stringify(one.set), one] as const).reverse(),
  );
  return possible.filter((one) => bySetting.get(JSON.stringify(one.set)) === one).slice(0, MOST);
}
