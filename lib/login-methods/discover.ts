import "server-only";
import * as z from "zod";
import { certificatesProblem, MOST_PEM, tidyPem } from "@/lib/connectors/pem";
import { webUrlProblem } from "@/lib/connectors/web-url";
import type { Admin } from "@/lib/kit/actor";
import { AppError } from "@/lib/kit/errors";
import { readDiscovery } from "@/lib/oidc/discovery";
import type { DiscoveryReport } from "@/lib/oidc/discovery-schema";
import { checkKeys } from "@/lib/oidc/keys";
import type { ClientTls } from "@/lib/oidc/schema";
import { guardedFetch } from "@/lib/outbound/guarded-fetch";
import { outboundPolicy } from "@/lib/team/store";
import { connectorOf } from "./row";

export const discoverSchema = z.strictObject({
  kind: z.string().max(50),
  /** The fields that a connector makes its discovery address from. */
  config: z.record(z.string().max(100), z.string().max(2048)),
  tls_ca: z.string().max(MOST_PEM).optional(),
});

export const keysSchema = z.strictObject({
  url: z.string().trim().max(2048),
  tls_ca: z.string().max(MOST_PEM).optional(),
});

/** Authorities that are being entered; text that is none yet is left out, its field says so. */
const trusting = (ca: string | undefined): ClientTls | null =>
  ca && certificatesProblem(ca) === null ? { ca: tidyPem(ca), cert: null, key: null } : null;

/** Reads the discovery document of settings that are being entered. AppError `discovery_failed`. */
export async function discover(
  _admin: Admin,
  { kind, config, tls_ca }: z.output<typeof discoverSchema>,
): Promise<DiscoveryReport> {
  const url = connectorOf(kind).discoveryUrl(config);
  if (!url) {
    throw new AppError("invalid_input", "This is not an address that discovery can be read from.", {
      fix: "Enter a full URL that starts with https://.",
    });
  }
  const policy = await outboundPolicy();
  const tls = trusting(tls_ca);
  return readDiscovery(policy, url, {
    fetch: guardedFetch(policy, { plainHttpToListed: true, tls }),
  });
}

/** Counts the signing keys under a Certificate URL that is being entered. */
export async function countKeys(_admin: Admin, { url, tls_ca }: z.output<typeof keysSchema>) {
  const problem = webUrlProblem("Certificate URL", url);
  if (problem) throw new AppError("invalid_input", problem);
  return checkKeys(await outboundPolicy(), url, trusting(tls_ca));
}
