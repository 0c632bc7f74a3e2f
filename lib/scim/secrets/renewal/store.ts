import "server-only";
import { eq, sql } from "drizzle-orm";
import { loginMethods } from "@/db/schema/login-methods";
import type { ScimClient } from "@/lib/kit/actor";
import { scimSchema } from "@/lib/login-methods/schema";
import { ScimError } from "../../scim-error";
import type { ScimTransaction } from "../../transaction/store";

const switchedOff = () =>
  new ScimError(401, "The SCIM Secret, the login method or SCIM was switched off meanwhile.");

/** In the same statement, for every one is a journey: whoever waits for a lock gives up before the provider does. */
const impatient = sql`set_config('lock_timeout', '5s', true)`;

/** Written out: in a query on one table, Drizzle leaves its name off, which here would be another's. */
const lives = ({ secretId, isCheck }: ScimClient) =>
  // A check of the endpoint has no row of its own, and ends by itself.
  isCheck
    ? sql<boolean>`true`
    : sql<boolean>`exists (
        select from scim_secrets s
        where s.id::text = ${secretId} and s.login_method_id = login_methods.id
          and (s.expires_at is null or s.expires_at > clock_timestamp())
      )`;

/**
 * A client as it stands now, with the settings of now: what was switched off while its body came, or
 * in the middle of a Bulk request, counts for what is left. Throws ScimError 401.
 */
export async function renewedClient(tx: ScimTransaction, client: ScimClient): Promise<ScimClient> {
  const { enabled: open, scim } = loginMethods;
  const [method] = await tx
    .select({ open, scim, lives: lives(client), impatient })
    .from(loginMethods)
    .where(eq(loginMethods.id, client.loginMethodId));
  const { enabled, ...settings } = scimSchema.catch(scimSchema.parse({})).parse(method?.scim ?? {});
  if (!method?.open || !method.lives || !enabled) throw switchedOff();
  return { ...client, settings };
}
