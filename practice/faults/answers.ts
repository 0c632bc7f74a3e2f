import { once } from "node:events";
import type { KoaContextWithOIDC } from "oidc-provider";
import type { Hook } from "./fault";

interface Answer {
  status: number;
  body: unknown;
  type?: string;
  headers?: Record<string, string>;
}

/** Answers in place of oidc-provider. */
export const answerWith =
  (make: (context: KoaContextWithOIDC) => Answer): Hook =>
  (context) => {
    const { status, body, type, headers = {} } = make(context);
    context.status = status;
    context.body = body;
    if (type) context.type = type;
    context.set(headers);
  };

export const oauthError = (
  error: string,
  error_description: string,
  status = 400,
  headers = {},
): Hook => answerWith(() => ({ status, body: { error, error_description }, headers }));

/** Leaves a request without an answer until the other side gives up. */
export const hang: Hook = async (context) => {
  context.respond = false;
  await once(context.res, "close");
};
