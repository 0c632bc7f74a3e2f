import { type Fault, webPage } from "./fault";
import { bareIdToken, hang } from "./id-token";
import { answerWith } from "./token-endpoint";

/** Each gives a bare ID token, so that the email address is only to be had from user info. */
export const USER_INFO_FAULTS: readonly Fault[] = [
  {
    id: "fault-user-info-other-sub",
    title: "User info of somebody else",
    expect: "User info is about another user, and is not used.",
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
    hooks: {
      token: bareIdToken,
      userinfo: answerWith(() => ({ status: 200, type: "html", body: webPage("Your profile") })),
    },
  },
  {
    id: "fault-user-info-hang",
    title: "User info that never answers",
    expect: "The User info URL did not answer in time.",
    hooks: { token: bareIdToken, userinfo: hang },
  },
];
