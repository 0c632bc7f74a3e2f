import * as z from "zod";
import { durationSchema } from "@/lib/kit/duration";
import type { Decision } from "@/lib/policies/schema";
import { destinationSchema, foldCase } from "./destination";

/** Cloudflare allows 500. */
export const MAX_APPLICATIONS = 5000;
const MOST_DESTINATIONS = 50;

const webUrl = z
  .url({ protocol: /^https?$/, error: "Enter a full URL that starts with https://" })
  .max(2000);
const token = z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/, "Enter a header name");
const origin = z
  .string()
  .refine(
    (text) => URL.canParse(text) && new URL(text).origin === text,
    "Enter an origin, like https://app.example.com",
  );

export const corsSchema = z
  .strictObject({
    allow_all_origins: z.boolean().default(false),
    allow_all_methods: z.boolean().default(false),
    allow_all_headers: z.boolean().default(false),
    allow_credentials: z.boolean().default(false),
    allowed_origins: z.array(origin).max(100).default([]),
    allowed_methods: z
      .array(
        z.enum(["GET", "POST", "HEAD", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"]),
      )
      .default([]),
    allowed_headers: z.array(token).max(100).default([]),
    /** Seconds, -1 to 86400. */
    max_age: z.number().int().min(-1).max(86_400).nullable().default(null),
  })
  .refine((cors) => !(cors.allow_all_origins && cors.allow_credentials), {
    path: ["allow_credentials"],
    message:
      "With all origins allowed, credentials would let any website act as whoever visits it. Name the origins, or turn this off.",
  });
export type Cors = z.output<typeof corsSchema>;

/** Everything about an application but its name, destinations and policies; stored as it stands. */
export const applicationSettingsSchema = z
  .strictObject({
    /** Login methods that people may use here; empty means all enabled ones. */
    allowed_idps: z.array(z.uuid()).max(200).default([]),
    /** Instant Auth: with exactly one login method, people go to it without choosing. */
    auto_redirect_to_identity: z.boolean().default(false),
    /** Null means 24h. */
    session_duration: durationSchema().nullable().default(null),
    http_only_cookie_attribute: z.boolean().default(true),
    same_site_cookie_attribute: z.enum(["none", "lax", "strict"]).default("none"),
    path_cookie_attribute: z.boolean().default(false),
    enable_binding_cookie: z.boolean().default(false),
    /**
     * Leads people through all hosts of the application when they sign in. Off, unlike Cloudflare: a
     * host of one's own may be out of their reach, and would stop them there.
     */
    eager_redirect_cookie_setting: z.boolean().default(false),
    cors_headers: corsSchema.nullable().default(null),
    options_preflight_bypass: z.boolean().default(false),
    custom_deny_message: z.string().trim().max(1000).default(""),
    /** Where people go whom a policy refused. */
    custom_deny_url: webUrl.nullable().default(null),
    /** Where they go whom a rule about anything but identity refused. */
    custom_non_identity_deny_url: webUrl.nullable().default(null),
    /** Templates for the two kinds of block page (lib/custom-pages). */
    identity_denied_template: z.uuid().nullable().default(null),
    forbidden_template: z.uuid().nullable().default(null),
    app_launcher_visible: z.boolean().default(true),
    logo_url: z
      .string()
      .max(300_000)
      .refine(
        (text) =>
          /^data:image\/(png|svg\+xml|jpeg|webp);base64,/.test(text) ||
          webUrl.safeParse(text).success,
        "Upload an image, or enter its full URL",
      )
      .nullable()
      .default(null),
    /** A program without credentials gets 401 in place of a redirect, where a Service Auth policy exists. */
    service_auth_401_redirect: z.boolean().default(false),
    /** Header that holds `{"cf-access-client-id": …, "cf-access-client-secret": …}` as JSON. */
    read_service_tokens_from_header: token.nullable().default(null),
    tags: z.array(z.string().trim().min(1).max(100)).max(25).default([]),
  })
  .superRefine((settings, context) => {
    const issue = (path: string, message: string) =>
      context.addIssue({ code: "custom", path: [path], message });
    if (settings.auto_redirect_to_identity && settings.allowed_idps.length !== 1) {
      issue(
        "auto_redirect_to_identity",
        "Choose exactly one login method first, or turn this off.",
      );
    }
    if (settings.options_preflight_bypass && settings.cors_headers) {
      issue(
        "options_preflight_bypass",
        "Either answer preflight requests here (CORS settings) or let them through, not both.",
      );
    }
  });
export type ApplicationSettings = z.output<typeof applicationSettingsSchema>;

export const applicationInputSchema = z.strictObject({
  name: z
    .string("Enter a name")
    .trim()
    .min(1, "Enter a name")
    .max(350, "Use at most 350 characters")
    .refine((value) => !/[\p{Cc}\p{Cf}]/u.test(value), "Remove the characters that cannot be seen"),
  destinations: z
    .array(destinationSchema)
    .min(1, "Add at least one public hostname")
    .max(MOST_DESTINATIONS, `Use at most ${MOST_DESTINATIONS} hostnames`)
    .refine(
      (all) => new Set(all.map(foldCase)).size === all.length,
      "Each hostname can stand here once, whatever the case of its path",
    ),
  settings: applicationSettingsSchema.prefault({}),
  /** Ids of policies; the first is judged first. */
  policies: z
    .array(z.uuid())
    .max(500)
    .refine((all) => new Set(all).size === all.length, "Each policy can stand here once")
    .default([]),
});
export type ApplicationInput = z.output<typeof applicationInputSchema>;

export interface Application {
  id: string;
  /** 64 hex digits. */
  aud: string;
  name: string;
  enabled: boolean;
  destinations: string[];
  settings: ApplicationSettings;
  policies: { id: string; name: string; decision: Decision; precedence: number }[];
  tokenEpoch: number;
  version: number;
  /** ISO 8601, UTC. */
  createdAt: string;
  updatedAt: string;
}
