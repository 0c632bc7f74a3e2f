import { checkTarget, clientIn, methodIn, readHost, reading, refuse } from "./header-values";
import type { Asked, FrontEnd, Original } from "./schema";

const URL_HEADER = "x-original-url";
/** What follows `/forward-auth/nginx` when nginx wants the answer itself, not only its status. */
export const FULL_ANSWER = "/answer";

const PARTS = /^(https?):\/\/([^/?#]*)(.*)$/;

function urlIn(asked: Asked): RegExpExecArray {
  const url = asked.header(URL_HEADER);
  if (url === undefined) {
    if (asked.header("x-forwarded-uri") === undefined) {
      refuse("missing_header", `${URL_HEADER} is missing`);
    }
    refuse("wrong_front_end", `x-forwarded-uri is there in place of ${URL_HEADER}`);
  }
  if (url.includes(", ")) refuse("repeated_header", `${URL_HEADER} is there more than once`);
  return PARTS.exec(url) ?? refuse("malformed_header", `${URL_HEADER} does not hold a whole URL`);
}

function readNginx(asked: Asked, rest: string): Original {
  if (rest !== "" && rest !== FULL_ANSWER) {
    refuse("unexpected_path", "something follows the address of the gate");
  }
  const [, scheme, authority = "", target = ""] = urlIn(asked);
  const host = readHost(authority);
  if (host === null) refuse("malformed_header", `${URL_HEADER} does not hold a host`);
  return {
    method: methodIn(asked, "x-original-method"),
    scheme: scheme === "https" ? "https" : "http",
    host,
    target: checkTarget(target, URL_HEADER),
    ip: clientIn(asked),
  };
}

/**
 * nginx's `auth_request`, which knows 2xx, 401 and 403 only. Its configuration sets X-Original-URL,
 * X-Original-Method and X-Forwarded-For, and asks a second time at `/answer` to show what was answered.
 */
export const nginx: FrontEnd = {
  id: "nginx",
  read: (asked, rest) =>
    reading(
      () => readHost(PARTS.exec(asked.header(URL_HEADER) ?? "")?.[2] ?? ""),
      () => readNginx(asked, rest),
    ),
};
