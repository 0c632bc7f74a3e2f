import * as z from "zod";
import { parametersOf, parametersProblem } from "@/lib/oidc/authorization-params";
import type { Connection } from "@/lib/oidc/schema";
import { type Config, hints } from "./definition";
import { isPlainText, optionalUrlField } from "./oidc-rules";
import { certificatesProblem, MOST_PEM, privateKeyProblem, tidyPem } from "./pem";

const MAX_AGE = "Enter whole seconds from 0 to 31,536,000 (a year), or leave it empty";

const pem = (problem: (text: string) => string | null) =>
  z
    .string("Enter text")
    .max(MOST_PEM, "Use at most 24 KB")
    .superRefine((value, context) => {
      const message = problem(value);
      if (message) context.addIssue({ code: "custom", message });
    })
    .transform(tidyPem)
    .default("");

/** What few providers need: every connector of OpenID Connect has these, folded away. */
export const advancedFields = {
  max_age: z
    .union([z.literal(""), z.number().int().min(0).max(31_536_000)], MAX_AGE)
    .default("")
    .register(hints, {
      label: "Maximum age of the sign-in",
      section: "advanced",
      control: "number",
      optional: true,
      unit: "seconds",
      help: "How long ago people may have signed in at your provider before it asks them again; 0 asks always, and empty never. It must tell when they did (auth_time), and Gatehouse checks that.",
    }),
  extra_params: z
    .array(
      z
        .string("Enter text")
        .trim()
        .refine(isPlainText, "Remove the characters that cannot be seen"),
      "Enter a list",
    )
    .superRefine((lines, context) => {
      const message = parametersProblem(lines);
      if (message) context.addIssue({ code: "custom", message });
    })
    .default([])
    .register(hints, {
      label: "Extra authorization parameters",
      section: "advanced",
      control: "tags",
      lines: true,
      optional: true,
      placeholder: "acr_values=urn:x",
      help: "Sent along when people are sent to your provider: name=value, such as domain_hint=acme.com. They are no secret: browsers see them.",
    }),
  par_url: optionalUrlField("Pushed authorization request URL").register(hints, {
    label: "Pushed authorization request URL",
    section: "advanced",
    control: "url",
    optional: true,
    placeholder: "https://idp.example.com/par",
    help: "The pushed_authorization_request_endpoint of your provider (PAR). Gatehouse sends the request there itself, and the browser carries only a reference to it.",
  }),
  dpop: z.boolean("Turn DPoP on or off").default(false).register(hints, {
    label: "Bind tokens to this server (DPoP)",
    section: "advanced",
    control: "switch",
    help: "Tokens work only together with a key that Gatehouse makes for each sign-in. Turn it on if your provider supports it.",
  }),
  require_iss: z.boolean("Turn this on or off").default(false).register(hints, {
    label: "Require issuer in the answer",
    section: "advanced",
    quiet: true,
    control: "switch",
    help: "Refuse an answer that does not say which provider it comes from (RFC 9207). Turn it on if your provider always sends iss; discovery tells.",
  }),
  accept_hs256: z.boolean("Turn this on or off").default(false).register(hints, {
    label: "Accept HS256 (signed with the client secret)",
    section: "advanced",
    control: "switch",
    help: "Only for a provider that cannot sign with a key of its own. Whoever knows the client secret can then make ID tokens; it must have 32 characters or more.",
  }),
  tls_ca: pem(certificatesProblem).register(hints, {
    label: "Certificate authorities",
    section: "advanced",
    control: "pem",
    optional: true,
    placeholder: "-----BEGIN CERTIFICATE-----",
    help: "Trusted for this login method besides the authorities of the system. Paste your private authority's certificate, in PEM form; several may follow one another.",
  }),
  tls_client_cert: pem(certificatesProblem).register(hints, {
    label: "Client certificate",
    section: "advanced",
    control: "pem",
    optional: true,
    placeholder: "-----BEGIN CERTIFICATE-----",
    help: "Shown to your provider when it asks for one (mTLS). In PEM form, followed by its chain.",
  }),
  tls_client_key: pem(privateKeyProblem).register(hints, {
    label: "Client certificate key",
    section: "advanced",
    control: "secret",
    optional: true,
    help: "The private key of the client certificate, in PEM form and not encrypted. Stored sealed and never shown again.",
  }),
};

export interface AdvancedSettings {
  max_age: number | "";
  extra_params: string[];
  par_url?: string | undefined;
  dpop: boolean;
  require_iss: boolean;
  accept_hs256: boolean;
  tls_ca: string;
  tls_client_cert: string;
  tls_client_key: string;
}

const held = (value: unknown, name: string): unknown =>
  (value as Config | null | undefined)?.[name];
const isGiven = (value: unknown, name: string): boolean => Boolean(held(value, name));

/** A client certificate and its key go together, and authentication by certificate needs both. */
export function tlsRule<S extends z.ZodObject>(settings: S): S {
  const always = { when: () => true };
  const byCertificate = (value: unknown) => held(value, "token_auth_method") === "tls_client_auth";
  const typedKey = (value: unknown) =>
    String(held(value, "tls_client_key") ?? "").startsWith("-----BEGIN");
  return settings
    .refine(
      (value) => isGiven(value, "tls_client_cert") || !(byCertificate(value) || typedKey(value)),
      {
        path: ["tls_client_cert"],
        message: "Paste the client certificate that belongs to the key",
        ...always,
      },
    )
    .refine((value) => isGiven(value, "tls_client_key") || !isGiven(value, "tls_client_cert"), {
      path: ["tls_client_key"],
      message: "Paste the private key of the client certificate",
      ...always,
    });
}

/** The part of a connection that the advanced fields make. */
export function advancedConnection(settings: AdvancedSettings): Partial<Connection> {
  const { tls_ca: ca, tls_client_cert: cert, tls_client_key: key } = settings;
  return {
    maxAge: settings.max_age === "" ? null : settings.max_age,
    extraParams: parametersOf(settings.extra_params),
    parUrl: settings.par_url || null,
    dpop: settings.dpop,
    requireIss: settings.require_iss,
    acceptHs256: settings.accept_hs256,
    tls: ca || cert ? { ca: ca || null, cert: cert || null, key: (cert && key) || null } : null,
  };
}

/** What is unusual but may be meant, by config key. */
export function advancedWarnings(config: Config): Partial<Record<string, string>> {
  const warnings: Partial<Record<string, string>> = {};
  if (config.prompt === "none" && config.max_age === 0) {
    warnings.max_age =
      "0 asks people to sign in, and the prompt none forbids to ask: every sign-in will fail.";
  }
  if (config.dpop === true && config.token_auth_method === "none" && !config.pkce_enabled) {
    warnings.dpop = "DPoP does not protect the sign-in code. Turn on PKCE too.";
  }
  return warnings;
}
