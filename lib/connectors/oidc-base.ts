import * as z from "zod";
import { PROMPTS, TOKEN_AUTH_METHODS } from "@/lib/oidc/schema";
import { hints } from "./definition";
import { advancedFields } from "./oidc-advanced";
import { keyFields, secretIsHidden } from "./oidc-keys";
import {
  claimList,
  optionalSecret,
  optionalUrlField,
  scopeList,
  text,
  urlField,
} from "./oidc-rules";

export const MISSING_SECRET =
  "Enter the client secret. If your provider has none, turn on PKCE and choose Public client.";

interface ClientWords {
  /** Looks like the provider's own client IDs. */
  idExample?: string;
  idHelp?: string;
  secretHelp?: string;
  /** Said when there is no secret. */
  missingSecret?: string;
}

/** App ID and Client secret, in a provider's own words. `clientRule` adds when a secret is needed. */
export const clientFields = ({
  idExample = "0oa1b2c3d4",
  idHelp = "Your provider calls it Client ID.",
  secretHelp = "Stored sealed and never shown again. Only a public client with PKCE has none.",
  missingSecret = MISSING_SECRET,
}: ClientWords = {}) => ({
  client_id: text("Enter the App ID (client ID) from your provider", 512).register(hints, {
    label: "App ID",
    section: "connection",
    control: "text",
    placeholder: idExample,
    help: idHelp,
  }),
  client_secret: optionalSecret(missingSecret).register(hints, {
    label: "Client secret",
    section: "connection",
    control: "secret",
    help: secretHelp,
    hidden: secretIsHidden,
  }),
});

export const oidcClient = clientFields();

export const pkceField = z.boolean("Turn PKCE on or off").default(false).register(hints, {
  label: "Proof Key for Code Exchange (PKCE)",
  section: "connection",
  control: "switch",
  help: "Also called Proof of Key Exchange (PKCE). Used on every sign-in, always with S256. Turn it on if your provider supports it.",
});

export const oidcEndpoints = {
  auth_url: urlField("Auth URL").register(hints, {
    label: "Auth URL",
    section: "connection",
    control: "url",
    placeholder: "https://idp.example.com/authorize",
    help: "The authorization_endpoint of your provider: where people sign in.",
  }),
  token_url: urlField("Token URL").register(hints, {
    label: "Token URL",
    section: "connection",
    control: "url",
    placeholder: "https://idp.example.com/token",
    help: "The token_endpoint of your provider. Gatehouse itself calls it.",
  }),
  certs_url: urlField("Certificate URL").register(hints, {
    label: "Certificate URL",
    section: "connection",
    control: "url",
    placeholder: "https://idp.example.com/jwks",
    holdsKeys: true,
    help: "The jwks_uri of your provider: the keys that sign its tokens.",
  }),
};

export const issuerField = optionalUrlField("Issuer").register(hints, {
  label: "Issuer",
  section: "optional",
  control: "url",
  optional: true,
  placeholder: "https://idp.example.com",
  help: "Must equal the iss claim of the ID token, letter for letter; a slash at the end counts. Left empty, the first passed test fixes it.",
});

export const userinfoField = optionalUrlField("User info URL").register(hints, {
  label: "User info URL",
  section: "optional",
  control: "url",
  optional: true,
  placeholder: "https://idp.example.com/userinfo",
  help: "Read only when claims are missing from the ID token.",
});

export const claimFields = {
  email_claim_name: z
    .string("Enter the name of a claim")
    .trim()
    .max(100, "Use at most 100 characters")
    .transform((value) => value || "email")
    .default("email")
    .register(hints, {
      label: "Email claim name",
      section: "optional",
      control: "text",
      placeholder: "email",
      help: "The claim that holds the email address, if your provider does not send the standard email claim.",
    }),
  claims: claimList().register(hints, {
    label: "OIDC Claims",
    section: "optional",
    control: "tags",
    placeholder: "Type a name and press Enter",
    help: "Custom claims to keep in the identity. Lists and nested values are split and matched one by one, never in part.",
    options: ["groups", "roles", "department", "preferred_username", "upn", "locale"].map(
      (value) => ({ value, label: value }),
    ),
  }),
};

export const requestFields = {
  token_auth_method: z
    .enum(TOKEN_AUTH_METHODS, "Choose how the client secret is sent")
    .default("client_secret_post")
    .register(hints, {
      label: "Token endpoint authentication",
      section: "optional",
      control: "select",
      help: "How Gatehouse proves itself when it exchanges the sign-in code.",
      options: [
        { value: "client_secret_post", label: "POST" },
        { value: "client_secret_basic", label: "Basic" },
        { value: "client_secret_basic_raw", label: "Basic without encoding" },
        { value: "private_key_jwt", label: "Private key (JWT)" },
        { value: "tls_client_auth", label: "Client certificate (mTLS)" },
        { value: "none", label: "None (public client)" },
      ],
    }),
  ...keyFields,
  prompt: z
    .enum(["", ...PROMPTS], "Choose one of the prompts")
    .default("")
    .register(hints, {
      label: "Prompt",
      section: "optional",
      control: "select",
      help: "What your provider shows to people who are signed in there already.",
      options: [
        { value: "", label: "Provider's default" },
        { value: "login", label: "login: ask them to sign in again" },
        { value: "select_account", label: "select_account: let them choose an account" },
        { value: "consent", label: "consent: ask them to agree again" },
        { value: "none", label: "none: let in only who is signed in there already" },
      ],
    }),
  clock_tolerance: z
    .number("Enter a number of seconds from 0 to 300")
    .int("Enter whole seconds")
    .min(0, "Enter a number of seconds from 0 to 300")
    .max(300, "Enter a number of seconds from 0 to 300")
    .default(30)
    .register(hints, {
      label: "Clock tolerance",
      section: "optional",
      control: "number",
      unit: "seconds",
      help: "How far the clocks of your provider and of this server may differ.",
    }),
  ...advancedFields,
};

/** The field `scopes` with the defaults that a provider needs. */
export const scopesField = (defaults: readonly string[]) =>
  scopeList(defaults).register(hints, {
    label: "Scopes",
    section: "optional",
    control: "tags",
    locked: ["openid"],
    help: "What Gatehouse asks your provider for. openid is always among them.",
    options: ["openid", "email", "profile", "groups", "offline_access"].map((value) => ({
      value,
      label: value,
    })),
  });
