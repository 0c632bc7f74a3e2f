import * as z from "zod";
import { defineConnector, hints } from "../definition";
import {
  claimFields,
  issuerField,
  oidcClient,
  oidcEndpoints,
  pkceField,
  requestFields,
  scopesField,
  userinfoField,
} from "../oidc-base";
import { clientRule, connectionOf, endpointsOf, oidcWarnings } from "../oidc-connection";
import { baseUrl, text } from "../oidc-rules";
import { baseOf, splitAt } from "../web-url";
import { advice } from "./advice";
import { guide } from "./guide";

const MARKER = "/application/o/";
/** authentik's own endpoints stand where a slug would, so no application can have these. */
const RESERVED = new Set(["authorize", "token", "device", "userinfo", "introspect", "revoke"]);
const SLUG = /^[\p{L}\p{N}_-]+$/u;

const placeOf = (typedUrl: unknown, typedSlug: unknown) => {
  const whole = splitAt(typedUrl, MARKER);
  const slug = whole?.segment ?? (typeof typedSlug === "string" ? typedSlug.trim() : "");
  const base = whole?.base ?? baseOf(typedUrl);
  return base && SLUG.test(slug) && !RESERVED.has(slug) ? { base, slug } : null;
};

const urlField = baseUrl("authentik", MARKER).register(hints, {
  label: "authentik URL",
  section: "connection",
  control: "url",
  discovers: true,
  placeholder: "https://authentik.example.com",
  help: "Or paste the whole application or discovery URL: it is taken apart for you.",
});

const slugField = text("Enter the slug of the application", 100)
  .superRefine((value, context) => {
    const message = RESERVED.has(value)
      ? `${value} is a path of authentik itself. Enter the slug of your application`
      : "Use letters, numbers, hyphens and underscores only, as authentik shows the slug";
    if (value !== "" && (RESERVED.has(value) || !SLUG.test(value))) {
      context.addIssue({ code: "custom", message });
    }
  })
  .register(hints, {
    label: "Application slug",
    section: "connection",
    control: "text",
    discovers: true,
    placeholder: "gatehouse",
    help: "The slug of the application (not of the provider) in authentik.",
  });

export const authentik = defineConnector({
  kind: "authentik",
  type: "oidc",
  scim: true,
  label: "authentik",
  summary: "Self-hosted authentik: the URL and a slug fill the rest.",
  keywords: ["goauthentik", "oidc", "self-hosted"],
  group: "recommended",
  order: 3,
  tile: { monogram: "ak", hue: "orange" },
  settings: clientRule(
    z.strictObject({
      authentik_url: urlField,
      application_slug: slugField,
      ...oidcClient,
      ...oidcEndpoints,
      pkce_enabled: pkceField,
      ...claimFields,
      scopes: scopesField(["openid", "email", "profile"]),
      issuer: issuerField,
      userinfo_url: userinfoField,
      ...requestFields,
    }),
  ),
  guide,
  discoveryUrl: ({ authentik_url, application_slug }) => {
    const place = placeOf(authentik_url, application_slug);
    return place && `${place.base}${MARKER}${place.slug}/.well-known/openid-configuration`;
  },
  derive: ({ authentik_url, application_slug }) => {
    const place = placeOf(authentik_url, application_slug);
    if (!place) return {};
    const shared = `${place.base}${MARKER}`;
    return {
      ...(splitAt(authentik_url, MARKER) && {
        authentik_url: place.base,
        application_slug: place.slug,
      }),
      auth_url: `${shared}authorize/`,
      token_url: `${shared}token/`,
      certs_url: `${shared}${place.slug}/jwks/`,
      userinfo_url: `${shared}userinfo/`,
      issuer: `${shared}${place.slug}/`,
    };
  },
  warnings: oidcWarnings,
  open: (settings, pinnedIssuer) => connectionOf(settings, endpointsOf(settings), pinnedIssuer),
  advice,
});
