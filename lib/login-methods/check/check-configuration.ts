import "server-only";
import { randomUUID } from "node:crypto";
import type * as z from "zod";
import type { Connector } from "@/lib/connectors/definition";
import type { Admin } from "@/lib/kit/actor";
import { checkConnection } from "@/lib/oidc/check";
import type { Check, CheckReport } from "@/lib/oidc/check/schema";
import { installation, outboundPolicy } from "@/lib/team/store";
import { openForm } from "../drafts/store";
import { connectorOf } from "../row";
import type { checkSchema } from "./schema";
import { takeTurn } from "./turns";

/** Checks in a minute. Each sends wrong credentials, for which a provider may lock the app. */
const MOST_OF_CLIENT = 6;
const MOST_BY_ADMIN = 20;

/** Only what this type of login method has a field for; an address may follow from another field. */
function forForm(connector: Connector, check: Check): Check {
  const names = new Set(connector.fields.map(({ name }) => name));
  const remedies = check.remedies.filter(({ set }) =>
    Object.keys(set).every((name) => names.has(name)),
  );
  const field = check.field !== null && names.has(check.field) ? check.field : null;
  return { ...check, field, remedies };
}

/**
 * Checks a form as it stands against its provider, without saving anything. A blank secret stands
 * for the stored one, which goes to no new address. AppError `invalid_input` with every issue on its
 * field, `rate_limited`, `conflict` when somebody saved meanwhile.
 */
export async function checkConfiguration(
  admin: Admin,
  { config, ...input }: z.output<typeof checkSchema>,
): Promise<CheckReport> {
  const connector = connectorOf(input.kind);
  const { connection, settings } = await openForm(admin, {
    ...input,
    id: randomUUID(),
    values: { config },
  });
  takeTurn([
    [`admin ${admin.id}`, MOST_BY_ADMIN],
    [`client ${connection.tokenUrl} ${connection.clientId}`, MOST_OF_CLIENT],
  ]);
  const [policy, { callbackUrl }] = await Promise.all([outboundPolicy(), installation()]);
  const discoveryUrl = connection.discoveryUrl ?? connector.discoveryUrl(settings);
  const report = await checkConnection({ ...connection, discoveryUrl }, policy, {
    redirectUri: callbackUrl,
  });
  return { ...report, checks: report.checks.map((check) => forForm(connector, check)) };
}
