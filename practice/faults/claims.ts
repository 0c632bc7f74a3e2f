import { CompactSign, decodeJwt, decodeProtectedHeader } from "jose";
import { onCallback } from "./callback";
import { epochSeconds, type Fault, type Hook } from "./fault";
import { clockMovedBy, tokenAnswer, withClaims, without } from "./reissue";

const TENANT = "11111111-2222-4333-8444-555555555555";
const OTHER_TENANT = "99999999-2222-4333-8444-555555555555";
const TENANTS = "https://login.example.com";

/** Signs a payload that is text already, so that a name can come twice. */
const subTwice: Hook = async (context, { key }) => {
  const answer = tokenAnswer(context);
  if (!answer?.id_token) return;
  const payload = JSON.stringify(decodeJwt(answer.id_token));
  const { alg = "RS256", ...header } = decodeProtectedHeader(answer.id_token);
  answer.id_token = await new CompactSign(Buffer.from(`${payload.slice(0, -1)},"sub":"root"}`))
    .setProtectedHeader({ ...header, alg })
    .sign(key.privateKey);
};

/** Puts another header before the payload; the signature no longer matters. */
const headed =
  (header: object): Hook =>
  (context) => {
    const answer = tokenAnswer(context);
    if (!answer?.id_token) return;
    const [, payload = "", signature = ""] = answer.id_token.split(".");
    const head = Buffer.from(JSON.stringify(header)).toString("base64url");
    answer.id_token = [head, payload, signature].join(".");
  };

/** The callback names no issuer, so that the token alone says who issued it. */
const unnamed = onCallback((params) => params.delete("iss"));

const issuedBy = (
  id: string,
  title: string,
  expect: string,
  code: NonNullable<Fault["code"]>,
  issuer: string,
  expected?: string,
): Fault => ({
  id,
  title,
  expect,
  code,
  ...(code !== "issuer_tenant" && { remedy: `Use ${issuer} as Issuer` }),
  setup: { require_iss: false, ...(expected && { issuer: expected }) },
  hooks: {
    token: withClaims((payload, { base }) => ({ ...payload, iss: issuer.replace("{base}", base) })),
    resume: unnamed,
  },
});

const ISSUERS: readonly Fault[] = [
  issuedBy(
    "fault-issuer-slash",
    "Issuer with a slash at the end",
    "The issuer differs by the slash; the button takes it over.",
    "iss_mismatch",
    "{base}/",
  ),
  issuedBy(
    "fault-issuer-template",
    "Issuer with a placeholder for the tenant",
    "The issuer differs: the saved one holds a placeholder.",
    "issuer_template",
    `${TENANTS}/${TENANT}/v2.0`,
    `${TENANTS}/{tenantid}/v2.0`,
  ),
  issuedBy(
    "fault-issuer-version",
    "Issuer of another version of the same provider",
    "The issuer differs: endpoints of two versions are mixed.",
    "issuer_version",
    `https://sts.example.com/${TENANT}/`,
    `${TENANTS}/${TENANT}/v2.0`,
  ),
  issuedBy(
    "fault-issuer-tenant",
    "Issuer of another tenant",
    "The issuer differs: the user belongs to another tenant.",
    "issuer_tenant",
    `${TENANTS}/${OTHER_TENANT}/v2.0`,
    `${TENANTS}/${TENANT}/v2.0`,
  ),
];

const CLOCKS: readonly Fault[] = [
  {
    id: "fault-clock-two-minutes",
    title: "Clock two minutes ahead",
    expect: "The clocks differ; the button raises Clock tolerance.",
    code: "not_yet_valid",
    remedy: "Raise Clock tolerance to 130 seconds",
    hooks: { token: clockMovedBy(120, (now) => ({ iat: now, nbf: now, exp: now + 300 })) },
  },
  {
    id: "fault-clock-of-answer",
    title: "Clock two minutes off, in the Date of the answer only",
    expect: "Passes with a warning: the clocks differ.",
    code: "clock_skew",
    remedy: "Raise Clock tolerance to 130 seconds",
    hooks: {
      token: (context) => context.set("date", new Date(Date.now() - 120_000).toUTCString()),
    },
  },
];

/** What the claims of an ID token say of the sign-in itself. */
export const CLAIM_FAULTS: readonly Fault[] = [
  ...ISSUERS,
  ...CLOCKS,
  {
    id: "fault-at-hash",
    title: "Access token that is not the one of the ID token (at_hash)",
    expect: "The access token is not the one that was issued.",
    code: "at_hash_mismatch",
    hooks: { token: withClaims((payload) => ({ ...payload, at_hash: "AAAAAAAAAAAAAAAAAAAAAA" })) },
  },
  {
    id: "fault-no-azp",
    title: "ID token for several apps, without azp",
    expect: "The token is for another app.",
    code: "azp_mismatch",
    hooks: {
      token: withClaims((payload) => ({ ...payload, aud: [String(payload.aud), "another-app"] })),
    },
  },
  {
    id: "fault-no-sub",
    title: "ID token without a subject",
    expect: "The ID token names no user.",
    code: "sub_missing",
    hooks: { token: withClaims(without("sub")) },
  },
  {
    id: "fault-sub-twice",
    title: "ID token with two subjects",
    expect: "A claim stands twice in the ID token.",
    code: "claim_twice",
    hooks: { token: subTwice },
  },
  {
    id: "fault-no-exp",
    title: "ID token without an end (exp)",
    expect: "The ID token is incomplete.",
    code: "claim_missing",
    hooks: { token: withClaims(without("exp")) },
  },
  {
    id: "fault-numeric-sub",
    title: "Subject that is a number",
    expect: "A claim of the ID token has the wrong type.",
    code: "claim_type",
    hooks: { token: withClaims((payload) => ({ ...payload, sub: epochSeconds() })) },
  },
  {
    id: "fault-alg-unknown",
    title: "ID token with an unknown signature algorithm",
    expect: "The signature algorithm is not supported.",
    code: "alg_unsupported",
    hooks: { token: headed({ alg: "RS1", typ: "JWT" }) },
  },
  {
    id: "fault-crit",
    title: "ID token with a critical extension",
    expect: "The ID token needs an extension that Gatehouse does not know.",
    code: "crit_header",
    hooks: { token: headed({ alg: "RS256", crit: ["exp"], exp: 1 }) },
  },
];
