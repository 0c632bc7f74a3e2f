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

const MARKER = "/realms/";

/** A realm stands in URLs as it is encoded, and in the form as its name. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

const realmProblem = (value: string): string | null =>
  /[/?#\\]/.test(value) ? "Enter only the name of the realm, without slashes" : null;

const placeOf = (typedUrl: unknown, typedRealm: unknown) => {
  const whole = splitAt(typedUrl, MARKER);
  const realm = whole
    ? decoded(whole.segment)
    : typeof typedRealm === "string"
      ? typedRealm.trim()
      : "";
  const base = whole?.base ?? baseOf(typedUrl);
  return base && realm !== "" && realmProblem(realm) === null ? { base, realm } : null;
};

const realmUrl = (place: { base: string; realm: string }) =>
  `${place.base}${MARKER}${encodeURIComponent(place.realm)}`;

const urlField = baseUrl("Keycloak", MARKER).register(hints, {
  label: "Keycloak URL",
  section: "connection",
  control: "url",
  discovers: true,
  placeholder: "https://keycloak.example.com",
  help: "Or paste the whole realm URL: it is taken apart for you. Old versions end with /auth.",
});

const realmField = text("Enter the name of the realm", 255)
  .superRefine((value, context) => {
    const message = realmProblem(value);
    if (message) context.addIssue({ code: "custom", message });
  })
  .register(hints, {
    label: "Realm",
    section: "connection",
    control: "text",
    discovers: true,
    placeholder: "my-company",
    help: "As in the address of the realm; upper and lower case count.",
  });

export const keycloak = defineConnector({
  kind: "keycloak",
  type: "oidc",
  label: "Keycloak",
  summary: "Self-hosted Keycloak: the URL and a realm fill the rest.",
  keywords: ["red hat", "rhbk", "sso", "oidc", "self-hosted", "realm"],
  group: "more",
  order: 1,
  tile: { monogram: "Kc", hue: "slate" },
  settings: clientRule(
    z.strictObject({
      keycloak_url: urlField,
      realm: realmField,
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
  discoveryUrl: ({ keycloak_url, realm }) => {
    const place = placeOf(keycloak_url, realm);
    return place && `${realmUrl(place)}/.well-known/openid-configuration`;
  },
  derive: ({ keycloak_url, realm }) => {
    const place = placeOf(keycloak_url, realm);
    if (!place) return {};
    const protocol = `${realmUrl(place)}/protocol/openid-connect`;
    return {
      ...(splitAt(keycloak_url, MARKER) && { keycloak_url: place.base, realm: place.realm }),
      auth_url: `${protocol}/auth`,
      token_url: `${protocol}/token`,
      certs_url: `${protocol}/certs`,
      userinfo_url: `${protocol}/userinfo`,
      issuer: realmUrl(place),
    };
  },
  warnings: oidcWarnings,
  open: (settings, pinnedIssuer) => connectionOf(settings, endpointsOf(settings), pinnedIssuer),
  advice,
});
