import { findConnector } from "@/lib/connectors";
import type { Identity } from "@/lib/oidc/schema";
import type { TestRun } from "@/lib/test-runs/schema";

/**
 * What `get-identity` would answer for this person, as far as a test can know it: time, address and
 * devices come with a session, which a test does not make.
 */
export function getIdentityPreview(
  { loginMethod }: TestRun,
  { sub, email, name, groups, amr, custom }: Identity,
): Record<string, unknown> {
  return {
    id: sub.value,
    ...(name && { name: name.value }),
    email: email?.value ?? null,
    ...(amr && { amr: amr.value }),
    idp: { id: loginMethod.id, type: findConnector(loginMethod.kind)?.type ?? loginMethod.kind },
    ...(groups && { groups: groups.value }),
    oidc_fields: Object.fromEntries(custom.map((claim) => [claim.name, claim.value])),
  };
}
