import * as z from "zod";

const idp = z.string();
/** Rules that name a group of one login method (reference: cloudflare-access §3.4). */
const naming = z.union([
  z.object({ okta: z.object({ identity_provider_id: idp, name: z.string() }) }),
  z.object({ azureAD: z.object({ identity_provider_id: idp, id: z.string() }) }),
  z.object({ gsuite: z.object({ identity_provider_id: idp, email: z.string() }) }),
  z.object({
    oidc: z.object({
      identity_provider_id: idp,
      claim_name: z.string().regex(/^groups$/i),
      claim_value: z.string(),
    }),
  }),
]);

const exactly = (loginMethodId: string, name: string) => JSON.stringify([loginMethodId, "=", name]);
const inAnyCase = (loginMethodId: string, name: string) =>
  JSON.stringify([loginMethodId, "~", name.toLowerCase()]);

/** As rules compare a group of a login method (lib/policies/judge.ts): some exactly, some in any case. */
export const groupKeys = (loginMethodId: string, name: string): string[] => [
  exactly(loginMethodId, name),
  inAnyCase(loginMethodId, name),
];

function keyOf(rule: unknown): string | null {
  const { data } = naming.safeParse(rule);
  if (!data) return null;
  if ("okta" in data) return exactly(data.okta.identity_provider_id, data.okta.name);
  if ("azureAD" in data) return inAnyCase(data.azureAD.identity_provider_id, data.azureAD.id);
  if ("gsuite" in data) return inAnyCase(data.gsuite.identity_provider_id, data.gsuite.email);
  return exactly(data.oidc.identity_provider_id, data.oidc.claim_value);
}

/** Keys of the groups that some rules name, each once. */
export const namedGroups = (rules: readonly unknown[]): Set<string> =>
  new Set(rules.map(keyOf).filter((key) => key !== null));
