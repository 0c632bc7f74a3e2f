import type { Aim } from "@/lib/logins/aim";
import { queryOf } from "@/lib/logins/aim";

/** Path of the login page of the team itself. */
export const LOGIN = "/cdn-cgi/access/login";

/** Why the login page is shown once more, as its address says it. The words are on the page. */
export const LOGIN_MESSAGES = {
  method_closed: {
    tone: "error",
    text: "That way of signing in is not open here any more. Choose another one.",
  },
} as const;
export type LoginMessage = keyof typeof LOGIN_MESSAGES;

export const isLoginMessage = (name: string | null): name is LoginMessage =>
  name !== null && Object.hasOwn(LOGIN_MESSAGES, name);

interface More {
  /** Ends the present session, and asks the provider for another account. */
  switch?: boolean;
  message?: LoginMessage;
}

function withMore(query: URLSearchParams, { switch: other, message }: More): string {
  if (other) query.set("switch", "1");
  if (message) query.set("message", message);
  const text = query.toString();
  return text ? `?${text}` : "";
}

/** Path of the login page for an aim, on the team domain. */
export function loginPath(aim: Aim, more: More = {}): string {
  const host = aim.application ? `/${aim.host}` : "";
  return `${LOGIN}${host}${withMore(queryOf(aim), more)}`;
}

/** Path where a login by one method begins. */
export function startPath(aim: Aim, methodId: string, more: More = {}): string {
  return `${LOGIN}/${aim.host}/${methodId}${withMore(queryOf(aim), more)}`;
}

export const LAUNCHER = "/cdn-cgi/access/launcher";
/** On the team domain and on the host of every application. */
export const LOGOUT = "/cdn-cgi/access/logout";
