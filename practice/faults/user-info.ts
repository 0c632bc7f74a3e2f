import { answerWith, hang } from "./answers";
import { type Fault, webPage } from "./fault";
import { bareIdToken } from "./reissue";

/** Each gives a bare ID token, so that the email address is only to be had from user info. */
export const USER_INFO_FAULTS: readonly Fault[] = [
  {
    id: "fault-user-info-500",
    title: "User info that fails (500)",
    expect: "The User info URL did not answer as expected.",
    code: "userinfo_server_error",
    hooks: { token: bareIdToken, userinfo: answerWith(() => ({ status: 500, body: {} })) },
  },
  {
    id: "fault-user-info-404",
    title: "User info that is not there (404)",
    expect: "The User info URL did not answer as expected.",
    code: "userinfo_status",
    hooks: { token: bareIdToken, userinfo: answerWith(() => ({ status: 404, body: {} })) },
  },
  {
    id: "fault-user-info-too-often",
    title: "User info asked too often (429)",
    expect: "The User info URL is asked too often.",
    code: "userinfo_rate_limited",
    hooks: {
      token: bareIdToken,
      userinfo: answerWith(() => ({ status: 429, body: {}, headers: { "retry-after": "30" } })),
    },
  },
  {
    id: "fault-user-info-bot-check",
    title: "Bot check before user info (503)",
    expect: "A bot check stands before the User info URL.",
    code: "userinfo_blocked_by_check",
    hooks: {
      token: bareIdToken,
      userinfo: answerWith(() => ({
        status: 503,
        type: "html",
        body: webPage("Checking your browser before you proceed"),
      })),
    },
  },
  {
    id: "fault-user-info-unsigned",
    title: "User info as a token that is not signed",
    expect: "User info could not be verified.",
    code: "userinfo_bad_jwt",
    hooks: {
      token: bareIdToken,
      userinfo: (context) => {
        const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
        const token = `${part({ alg: "none" })}.${part(context.body)}.`;
        context.body = token;
        context.type = "application/jwt";
      },
    },
  },
  {
    id: "fault-user-info-other-sub",
    title: "User info of somebody else",
    expect: "User info is about another user, and is not used.",
    code: "userinfo_sub_mismatch",
    hooks: {
      token: bareIdToken,
      userinfo: (context) => {
        context.body = { ...(context.body as object), sub: "somebody-else" };
      },
    },
  },
  {
    id: "fault-user-info-401",
    title: "User info refused (401)",
    expect: "User info was refused.",
    code: "userinfo_refused",
    hooks: {
      token: bareIdToken,
      userinfo: answerWith(() => ({
        status: 401,
        body: { error: "invalid_token", error_description: "the access token is not valid" },
        headers: { "www-authenticate": 'Bearer realm="practice", error="invalid_token"' },
      })),
    },
  },
  {
    id: "fault-user-info-html",
    title: "User info that is a web page",
    expect: "The User info URL answered with a web page.",
    code: "userinfo_not_json",
    hooks: {
      token: bareIdToken,
      userinfo: answerWith(() => ({ status: 200, type: "html", body: webPage("Your profile") })),
    },
  },
  {
    id: "fault-user-info-hang",
    title: "User info that never answers",
    expect: "The User info URL did not answer in time.",
    code: "userinfo_timeout",
    hooks: { token: bareIdToken, userinfo: hang },
  },
];
