import { testRunSchema } from "../schema";
import type { EndedRun, ReportSubject } from "./subject";

/** A failed run with a person in every place where one can be. */
export const PERSON = {
  sub: "00u-grace-7731",
  email: "grace_b@hopper.example",
  name: "Grace Hopper",
  groups: ["compiler-people", "navy|`admirals`"],
};

const exchange = (url: string, responseBody: string | null, over: object = {}) => ({
  method: "GET",
  url,
  requestHeaders: { accept: "application/json" },
  requestBody: null,
  status: 200,
  responseHeaders: { "content-type": "application/json" },
  responseBody,
  error: null,
  ms: 12,
  ...over,
});

const step = (name: string, status: string, exchanges: object[] = [], facts: object[] = []) => ({
  step: name,
  status,
  summary: `${name} of ${PERSON.email}`,
  ms: 20,
  facts,
  exchanges,
});

const IDP = "https://idp.example";

export const failedRun = testRunSchema.parse({
  id: "0f9a2c1e-4b5d-4e6f-8a7b-1c2d3e4f5a6b",
  state: "failed",
  loginMethod: { id: "11111111-2222-4333-8444-555555555555", name: "authentik", kind: "oidc" },
  version: 3,
  draftId: null,
  fingerprint: "print",
  byLink: false,
  startedBy: "Ada",
  startedAt: "2026-11-22T10:00:00.000Z",
  finishedAt: "2026-11-22T10:01:00.000Z",
  now: "2026-11-22T10:02:00.000Z",
  redirectUri: "https://acme.example/cdn-cgi/access/callback",
  steps: [
    step("configuration", "ok"),
    step("keys", "ok", [exchange(`${IDP}/jwks`, '{"keys":[{"kid":"k1"}]}')]),
    step("authorize", "ok"),
    step("callback", "ok"),
    step("exchange", "ok", [
      exchange(`${IDP}/token`, '{"access_token":"[redacted]","token_type":"Bearer"}', {
        method: "POST",
        requestHeaders: { "content-type": "application/x-www-form-urlencoded" },
        requestBody: "grant_type=authorization_code&code=[redacted]",
      }),
    ]),
    step("id_token", "ok"),
    step(
      "user_info",
      "failed",
      [
        exchange(
          `${IDP}/userinfo?login=${encodeURIComponent(PERSON.email)}`,
          JSON.stringify(PERSON),
        ),
        exchange(`${IDP}/users/${PERSON.sub}/groups`, null, { status: null, error: "No answer." }),
      ],
      [{ label: "Subject", value: PERSON.sub }],
    ),
  ],
  diagnosis: {
    code: "userinfo_sub_mismatch",
    step: "user_info",
    title: "User info is about someone else",
    cause: `It is about ${PERSON.name}.`,
    fixes: ["Check the app."],
    field: "userinfo_url",
    facts: [{ label: "Email", value: PERSON.email }],
    remedies: [],
  },
  warnings: [],
  identity: {
    sub: { value: PERSON.sub, source: "id_token", claim: "sub" },
    email: { value: PERSON.email, source: "id_token", claim: "email" },
    name: { value: PERSON.name, source: "id_token", claim: "name" },
    groups: { value: PERSON.groups, source: "user_info", claim: "groups" },
    amr: null,
    custom: [],
    missing: [],
    unsaved: [],
  },
  claims: {
    idTokenHeader: { alg: "RS256" },
    idTokenPayload: { iss: IDP, aud: "gatehouse", ...PERSON },
    userInfo: { shoe_size: 4711, ...PERSON },
    oidcFields: {},
  },
}) as EndedRun;

export const subjectOf = (over: Partial<ReportSubject> = {}): ReportSubject => ({
  run: failedRun,
  settings: { client_id: "gatehouse", token_url: `${IDP}/token`, pkce_enabled: true, claims: [] },
  labels: { client_id: "App ID", token_url: "Token URL" },
  version: "1.2.3",
  includeValues: false,
  ...over,
});
