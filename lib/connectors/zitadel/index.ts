import * as z from "zod";
import { basicAuth } from "../basic-auth";
import { defineConnector, hints } from "../definition";
import {
  claimFields,
  clientFields,
  issuerField,
  oidcEndpoints,
  pkceField,
  requestFields,
  scopesField,
  userinfoField,
} from "../oidc-base";
import { clientRule, connectionOf, endpointsOf, oidcWarnings } from "../oidc-connection";
import { baseUrl } from "../oidc-rules";
import { baseOf } from "../web-url";
import { advice } from "./advice";
import { guide } from "./guide";

/** Paths of an instance that people paste along with its address. */
const OWN_PATHS = /\/(?:\.well-known|oauth\/v2|oidc\/v1|ui)(?:\/.*)?$/;

const placeOf = (typed: unknown): string | null => baseOf(typed)?.replace(OWN_PATHS, "") ?? null;
const discoveryOf = (place: string) => `${place}/.well-known/openid-configuration`;

const urlField = baseUrl("Zitadel", "/.well-known/")
  .transform((value) => placeOf(value) ?? value)
  .register(hints, {
    label: "Zitadel URL",
    section: "connection",
    control: "url",
    discovers: true,
    placeholder: "https://my-company-a1b2c3.us1.zitadel.cloud",
    help: "The address of your instance, its custom domain, or your own Zitadel.",
  });

/** https://zitadel.com/docs/apis/openidoauth/endpoints */
export const zitadel = defineConnector({
  kind: "zitadel",
  type: "oidc",
  label: "Zitadel",
  summary: "Zitadel Cloud or your own: the address fills the rest.",
  keywords: ["zitadel.cloud", "self-hosted", "oidc", "project roles"],
  group: "more",
  order: 11,
  tile: { monogram: "Zi", hue: "violet" },
  settings: clientRule(
    z.strictObject({
      zitadel_url: urlField,
      ...clientFields({ idExample: "123456789012345678" }),
      ...oidcEndpoints,
      pkce_enabled: pkceField,
      ...claimFields,
      scopes: scopesField(["openid", "email", "profile"]),
      issuer: issuerField,
      userinfo_url: userinfoField,
      ...requestFields,
      token_auth_method: basicAuth,
    }),
  ),
  guide,
  discoveryUrl: ({ zitadel_url }) => {
    const place = placeOf(zitadel_url);
    return place && discoveryOf(place);
  },
  derive: ({ zitadel_url }) => {
    const place = placeOf(zitadel_url);
    if (!place) return {};
    return {
      ...(place !== zitadel_url && { zitadel_url: place }),
      auth_url: `${place}/oauth/v2/authorize`,
      token_url: `${place}/oauth/v2/token`,
      certs_url: `${place}/oauth/v2/keys`,
      userinfo_url: `${place}/oidc/v1/userinfo`,
      issuer: place,
    };
  },
  warnings: oidcWarnings,
  open: (settings, pinnedIssuer) => ({
    ...connectionOf(settings, endpointsOf(settings), pinnedIssuer),
    discoveryUrl: discoveryOf(settings.zitadel_url),
  }),
  advice,
});
