import { answerWith, hang } from "./answers";
import { type Fault, type Hook, webPage } from "./fault";
import { withClaims } from "./reissue";

const LONG_AGO = 2 * 60 * 60;

const PAR_CAN_BE_LEFT_OUT: ReadonlySet<string> = new Set([
  "par_refused",
  "par_html",
  "par_redirect",
  "par_not_found",
  "par_status",
  "par_incomplete",
]);
const BY_BROWSER = "Send the request by the browser";

const par = (
  id: string,
  title: string,
  expect: string,
  code: NonNullable<Fault["code"]>,
  answer: Hook,
): Fault => ({
  id,
  title,
  expect,
  code,
  ...(PAR_CAN_BE_LEFT_OUT.has(code) && { remedy: BY_BROWSER }),
  setup: { par_url: "{base}/par" },
  hooks: { pushed_authorization_request: answer },
});

/** Nothing was pushed, whatever oidc-provider has prepared. */
const oauthError = (error: string, error_description: string, status = 400): Hook =>
  answerWith(() => ({ status, body: { error, error_description } }));

const PUSHED: readonly Fault[] = [
  {
    id: "variant-par-required",
    title: "Pushed authorization requests only",
    expect:
      "Passes with the Pushed authorization request URL of the discovery document; without it, the provider takes pushed requests only.",
    code: "par_required",
    remedy: "Push the request to {base}/par",
    client: { require_pushed_authorization_requests: true },
  },
  par(
    "fault-par-refused",
    "Pushed request refused",
    "The pushed authorization request was not taken.",
    "par_refused",
    oauthError("invalid_request", "this request is not allowed for the client"),
  ),
  par(
    "fault-par-redirect-uri",
    "Pushed request with a Callback URL that is not registered",
    "The Callback URL is not registered at the provider.",
    "par_redirect_uri",
    oauthError("invalid_request", "redirect_uri is not registered for the client"),
  ),
  par(
    "fault-par-invalid-client",
    "Pushed request: client secret refused (401)",
    "App ID or Client secret was not accepted.",
    "invalid_client",
    oauthError("invalid_client", "client authentication failed", 401),
  ),
  par(
    "fault-par-html",
    "Pushed request answered with a web page",
    "The address answered with a web page.",
    "par_html",
    answerWith(() => ({ status: 200, type: "html", body: webPage("Sign in") })),
  ),
  par(
    "fault-par-redirect",
    "Pushed request sent elsewhere (302)",
    "The address redirects.",
    "par_redirect",
    answerWith((context) => ({
      status: 302,
      body: "",
      headers: { location: `${context.href}/` },
    })),
  ),
  par(
    "fault-par-404",
    "No pushed requests at this address (404)",
    "The provider takes no pushed requests at this address.",
    "par_not_found",
    answerWith(() => ({ status: 404, type: "text", body: "Not found" })),
  ),
  par(
    "fault-par-500",
    "Pushed request fails (500)",
    "The provider answered with an unexpected status.",
    "par_status",
    answerWith(() => ({ status: 500, body: { message: "Internal Server Error" } })),
  ),
  par(
    "fault-par-empty",
    "Pushed request answered without a request_uri",
    "The answer has no request_uri.",
    "par_incomplete",
    answerWith(() => ({ status: 201, body: { expires_in: 60 } })),
  ),
  par(
    "fault-par-hang",
    "Pushed request that is never answered",
    "The Pushed authorization request URL did not answer in time.",
    "par_timeout",
    hang,
  ),
];

const BOUND: readonly Fault[] = [
  {
    id: "variant-dpop",
    title: "Bound tokens only (DPoP)",
    expect: "Passes with Bind tokens to this server (DPoP); refused without.",
    code: "dpop_required",
    remedy: "Turn on DPoP",
    client: { dpop_bound_access_tokens: true },
    hooks: {
      // oidc-provider itself calls the code invalid, and says no more.
      token: (context, workshop) =>
        context.get("dpop") === ""
          ? oauthError("invalid_dpop_proof", "DPoP proof JWT not provided")(context, workshop)
          : undefined,
    },
  },
  {
    id: "variant-dpop-nonce",
    title: "Bound tokens with a nonce of the provider (DPoP)",
    expect: "Passes with Bind tokens to this server (DPoP), on the second try each time.",
    code: null,
    setup: { dpop: true },
  },
  {
    id: "fault-dpop-bearer",
    title: "Tokens that are not bound although asked for (DPoP)",
    expect: "With DPoP on: passes with the warning that the tokens are not bound.",
    code: "dpop_bearer",
    remedy: "Turn off DPoP",
    setup: { dpop: true },
    hooks: {
      token: (context) => {
        if (context.status === 200) (context.body as Record<string, unknown>).token_type = "Bearer";
      },
    },
  },
  {
    id: "fault-dpop-refused",
    title: "DPoP proof refused",
    expect: "With DPoP on: the DPoP proof was refused.",
    code: "dpop_refused",
    setup: { dpop: true },
    hooks: { token: oauthError("invalid_dpop_proof", "the proof is too old") },
  },
  {
    id: "fault-dpop-nonce-again",
    title: "DPoP nonce asked for again and again",
    expect: "With DPoP on: the DPoP proof was refused; asked twice and no more.",
    code: "dpop_nonce",
    setup: { dpop: true },
    hooks: {
      token: answerWith(() => ({
        status: 400,
        body: { error: "use_dpop_nonce", error_description: "a nonce is required" },
        headers: { "dpop-nonce": "another-nonce" },
      })),
    },
  },
];

const AGED: readonly Fault[] = [
  {
    id: "variant-max-age-ignored",
    title: "Maximum age ignored: the person signed in two hours ago",
    expect: "With a Maximum age of the sign-in of less than two hours: the sign-in is too old.",
    code: "auth_time_old",
    remedy: "Empty Maximum age of the sign-in",
    setup: { max_age: 3600 },
    hooks: {
      token: withClaims((payload) => ({ ...payload, auth_time: Number(payload.iat) - LONG_AGO })),
    },
  },
  {
    id: "fault-auth-time-missing",
    title: "No time of the sign-in (auth_time)",
    expect: "With a Maximum age of the sign-in: the provider does not say when it was.",
    code: "auth_time_missing",
    remedy: "Empty Maximum age of the sign-in",
    setup: { max_age: 3600 },
    hooks: { token: withClaims(({ auth_time: _gone, ...payload }) => payload) },
  },
  {
    id: "fault-auth-time-milliseconds",
    title: "Time of the sign-in in milliseconds",
    expect: "With a Maximum age of the sign-in: it was in the future.",
    code: "auth_time_future",
    remedy: "Empty Maximum age of the sign-in",
    setup: { max_age: 3600 },
    hooks: {
      token: withClaims((payload) => ({ ...payload, auth_time: Number(payload.iat) * 1000 })),
    },
  },
];

/** Pushed requests, bound tokens, and the age of the sign-in. */
export const REQUEST_FAULTS: readonly Fault[] = [...PUSHED, ...BOUND, ...AGED];
