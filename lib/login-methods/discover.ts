import "server-only";
import * as z from "zod";
import { webUrlProblem } from "@/lib/connectors/web-url";
import type { Admin } from "@/lib/kit/actor";
import { AppError } from "@/lib/kit/errors";
import { readDiscovery } from "@/lib/oidc/discovery";
import type { DiscoveryReport } from "@/lib/oidc/discovery-schema";
import { checkKeys } from "@/lib/oidc/keys";
import { outboundPolicy } from "@/lib/team/store";
import { connectorOf } from "./row";

export const discoverSchema = z.strictObject({
  kind: z.string().max(50),
  /** The fields that a connector makes its discovery address from. */
  config: z.record(z.string().max(100), z.string().max(2048)),
});

export const keysSchema = z.strictObject({ url: z.string().trim().max(2048) });

/** Reads the discovery document of settings that are being entered. AppError `discovery_failed`. */
export async function discover(
  _admin: Admin,
  { kind, config }: z.output<typeof discoverSchema>,
): Promise<DiscoveryReport> {
  const url = connectorOf(kind).discoveryUrl(config);
  if (!url) {
    throw new AppError("invalid_input", "This is not an address that discovery can be read from.", {
      fix: "Enter a full URL that starts with https://.",
    });
  }
  return readDiscovery(await outboundPolicy(), url);
}

/** Counts the signing keys under a Certificate URL that is being entered. */
export async function countKeys(_admin: Admin, { url }: z.output<typeof keysSchema>) {
  const problem = webUrlProblem("Certificate URL", url);
  if (problem) throw new AppError("invalid_input", problem);
  return checkKeys(await outboundPolicy(), url);
}
