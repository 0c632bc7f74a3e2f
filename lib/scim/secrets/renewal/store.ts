import "server-only";
import { and, eq, gt, isNull, or, sql } from "drizzle-orm";
import { loginMethods } from "@/db/schema/login-methods";
import { scimSecrets } from "@/db/schema/scim";
import type { ScimClient } from "@/lib/kit/actor";
import { scimSchema } from "@/lib/login-methods/schema";
import { ScimError } from "../../scim-error";
import type { ScimTransaction } from "../../transaction/store";

const switchedOff = () =>
  new ScimError(401, "The SCIM Secret, the login method or SCIM was switched off meanwhile.");

const lives = (tx: ScimTransaction, { secretId }: ScimClient) =>
  tx
    .select({ id: scimSecrets.id })
    .from(scimSecrets)
    .where(
      and(
        eq(scimSecrets.id, secretId),
        or(isNull(scimSecrets.expiresAt), gt(scimSecrets.expiresAt, sql`clock_timestamp()`)),
      ),
    );

/**
 * A client as it stands now, with the settings of now: what was switched off while its body came, or
 * in the middle of a Bulk request, counts for what is left. Throws ScimError 401.
 */
export async function renewedClient(tx: ScimTransaction, client: ScimClient): Promise<ScimClient> {
  const [method] = await tx
    .select({ enabled: loginMethods.enabled, scim: loginMethods.scim })
    .from(loginMethods)
    .where(eq(loginMethods.id, client.loginMethodId));
  const { enabled, ...settings } = scimSchema.catch(scimSchema.parse({})).parse(method?.scim ?? {});
  if (!method?.enabled || !enabled) throw switchedOff();
  // A check of the endpoint has no row of its own, and ends by itself.
  if (!client.isCheck && (await lives(tx, client)).length === 0) throw switchedOff();
  return { ...client, settings };
}
