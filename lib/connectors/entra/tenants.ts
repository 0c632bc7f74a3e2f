import * as z from "zod";
import type { Config } from "../definition";
import { isGuid, isShared, parseAuthority } from "./authority";

/** With one of these, whoever signs in may come from any tenant. */
export const OPEN_TO_ALL =
  "Enter the ID of each tenant whose people may sign in. Without a list, everyone with a Microsoft account could.";

const MOST = 50;

export const tenantList = z
  .array(z.string("Enter text").trim().max(100, "Use at most 100 characters"), "Enter a list")
  .max(MOST, `Use at most ${MOST}`)
  .superRefine((tenants, context) => {
    const wrong = tenants.find((tenant) => !isGuid(tenant));
    if (wrong === undefined) return;
    context.addIssue({
      code: "custom",
      message: `${wrong || "An empty entry"} is not a tenant ID. It looks like 72f988bf-86f1-41af-91ab-2d7cd011db47`,
    });
  })
  .transform((tenants) => [...new Set(tenants.map((tenant) => tenant.toLowerCase()))])
  .default([]);

const TEMPLATE = "{tenantid}";

/** Whether the issuer holds a place for the tenant of each token. */
export const isTemplate = (issuer: unknown): issuer is string =>
  typeof issuer === "string" && issuer.includes(TEMPLATE);

/** Whether tokens of more than one tenant may come, as far as the settings tell. */
export function isMultiTenant({ directory_id, issuer }: Config): boolean {
  const tenant = parseAuthority(directory_id)?.tenant;
  return tenant !== undefined && (isShared(tenant) || (isTemplate(issuer) && !isGuid(tenant)));
}

const ONLY_EMAIL =
  "With several tenants, leave this as email: an admin of another tenant can write anyone's address into other claims, and Entra ID vouches for email alone (xms_edov).";

/** Rules between fields: who may come in from several tenants, and by which claim they are known. */
export function tenantRules<S extends z.ZodObject>(settings: S): S {
  const always = { when: () => true };
  const config = (value: unknown): Config => (value as Config | null) ?? {};
  const listed = ({ allowed_tenants: list }: Config) => Array.isArray(list) && list.length > 0;
  return settings
    .refine((value) => !isMultiTenant(config(value)) || listed(config(value)), {
      path: ["allowed_tenants"],
      message: OPEN_TO_ALL,
      ...always,
    })
    .refine(
      (value) =>
        !isMultiTenant(config(value)) ||
        ["", "email"].includes(String(config(value).email_claim_name ?? "")),
      { path: ["email_claim_name"], message: ONLY_EMAIL, ...always },
    );
}
