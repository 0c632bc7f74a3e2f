import * as z from "zod";
import type { Connection, TokenAuthMethod } from "@/lib/oidc/schema";
import { type Config, hints } from "./definition";
import { optionalSecret } from "./oidc-rules";

/** Ways to prove the app that need no client secret. */
const WITHOUT_SECRET: readonly unknown[] = ["private_key_jwt", "tls_client_auth"];

export const needsNoSecret = (method: unknown): boolean => WITHOUT_SECRET.includes(method);

/** The card for encrypted ID tokens in a form, as if it were a field that a link can lead to. */
export const DECRYPTION_KEY = "decryption_key";

/** A secret that is not sent is asked for only as long as one is stored. */
export const secretIsHidden = (values: Config, isStored: boolean): boolean =>
  !isStored && needsNoSecret(values.token_auth_method);

/** More about how the app proves itself. A connector that has `token_auth_method` has these too. */
export const keyFields = {
  assertion_audience: z
    .enum(["token_url", "issuer"], "Choose whom the assertion is made out to")
    .default("token_url")
    .register(hints, {
      label: "Assertion audience",
      section: "optional",
      control: "select",
      help: "Whom Gatehouse makes its signed assertion out to (aud). Most providers take their Token URL; Auth0 and Zitadel ask for the issuer, which has to be on the same host.",
      options: [
        { value: "token_url", label: "Token URL" },
        { value: "issuer", label: "Issuer" },
      ],
      hidden: (values) => values.token_auth_method !== "private_key_jwt",
    }),
  previous_client_secret: optionalSecret("Enter text").register(hints, {
    label: "Previous client secret",
    section: "optional",
    control: "secret",
    optional: true,
    takesOver: "client_secret",
    help: "Used while your provider still refuses the new Client secret. A test says when it can be removed.",
    hidden: (values, isStored) => !isStored && values.previous_client_secret !== true,
  }),
};

export interface KeySettings {
  token_auth_method: TokenAuthMethod;
  client_secret: string;
  assertion_audience: "token_url" | "issuer";
  previous_client_secret: string;
}

/** What the app proves itself with, besides the key pairs, which are no settings. */
export function keyConnection(
  settings: KeySettings,
): Pick<Connection, "clientSecret" | "previousClientSecret" | "assertionAudience"> {
  const { token_auth_method: method } = settings;
  const sendsSecret = method !== "none" && !needsNoSecret(method);
  return {
    clientSecret: sendsSecret ? settings.client_secret : null,
    previousClientSecret: (sendsSecret && settings.previous_client_secret) || null,
    assertionAudience: settings.assertion_audience,
  };
}
