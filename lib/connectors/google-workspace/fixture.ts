import type { Fixture } from "../definition";
import { fixture as google } from "../google/fixture";

export const fixture: Fixture = {
  config: { ...google.config, apps_domain: " Ada@ACME.com " },
  derived: {},
  discoveryUrl: null,
  connection: {
    ...google.connection,
    extraParams: { hd: "acme.com" },
    requiredClaims: [{ name: "hd", value: "acme.com" }],
  },
};
