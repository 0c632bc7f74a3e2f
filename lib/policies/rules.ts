import * as z from "zod";

const text = (max = 350) =>
  z
    .string()
    .trim()
    .min(1, "Enter a value")
    .max(max)
    .refine((value) => !/\p{Cc}/u.test(value), "Remove the control characters");
const none = z.strictObject({});
const id = z.uuid("Choose one").toLowerCase();
const httpsUrl = z.url({ protocol: /^https?$/, error: "Enter a full URL" }).max(2000);

/** Exactly one `@`, something on both sides, nothing invisible: what a rule can compare. */
export const isPlainEmail = (value: string): boolean =>
  /^[^\s@\p{C}\p{Z}]+@[^\s@\p{C}\p{Z}]+$/u.test(value) && value.length <= 320;

const email = text(320).refine(isPlainEmail, "Enter an email address, like ada@example.com");
const domain = text(253)
  .transform((value) => value.replace(/^@/, "").toLowerCase())
  .refine(
    (value) =>
      /^(?=.{1,253}$)[\p{L}\p{N}]([\p{L}\p{N}-]*[\p{L}\p{N}])?(\.[\p{L}\p{N}]([\p{L}\p{N}-]*[\p{L}\p{N}])?)+$/u.test(
        value,
      ),
    "Enter a domain, like example.com",
  );
const network = z
  .string()
  .trim()
  .pipe(
    z.union(
      [z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()],
      "Enter an IP address or a range such as 192.0.2.0/24",
    ),
  );
const country = text(2)
  .transform((value) => value.toUpperCase())
  .refine((value) => /^[A-Z]{2}$/.test(value), "Use a two-letter country code, such as NZ");
const ofMethod = { identity_provider_id: id };

/** One rule each, in the exact JSON of Cloudflare's API (reference: cloudflare-access §3.4). */
export const RULE_SHAPES = {
  everyone: z.strictObject({ everyone: none }),
  email: z.strictObject({ email: z.strictObject({ email }) }),
  email_domain: z.strictObject({ email_domain: z.strictObject({ domain }) }),
  ip: z.strictObject({ ip: z.strictObject({ ip: network }) }),
  geo: z.strictObject({ geo: z.strictObject({ country_code: country }) }),
  login_method: z.strictObject({ login_method: z.strictObject({ id }) }),
  oidc: z.strictObject({
    oidc: z.strictObject({ ...ofMethod, claim_name: text(256), claim_value: text(4096) }),
  }),
  okta: z.strictObject({ okta: z.strictObject({ ...ofMethod, name: text() }) }),
  azureAD: z.strictObject({ azureAD: z.strictObject({ ...ofMethod, id: text() }) }),
  gsuite: z.strictObject({ gsuite: z.strictObject({ ...ofMethod, email: text() }) }),
  "github-organization": z.strictObject({
    "github-organization": z.strictObject({ ...ofMethod, name: text(), team: text().optional() }),
  }),
  auth_method: z.strictObject({ auth_method: z.strictObject({ auth_method: text(100) }) }),
  group: z.strictObject({ group: z.strictObject({ id }) }),
  service_token: z.strictObject({ service_token: z.strictObject({ token_id: id }) }),
  any_valid_service_token: z.strictObject({ any_valid_service_token: none }),
  external_evaluation: z.strictObject({
    external_evaluation: z.strictObject({ evaluate_url: httpsUrl, keys_url: httpsUrl }),
  }),
} as const;

export type Selector = keyof typeof RULE_SHAPES;
type Shapes = typeof RULE_SHAPES;
export type Rule = z.output<Shapes[Selector]>;

const isSelector = (key: string): key is Selector => Object.hasOwn(RULE_SHAPES, key);

/** A rule of any selector. Its issues carry the path inside the rule, which a zod union would lose. */
export const ruleSchema = z.unknown().transform((value, context): Rule => {
  const keys = typeof value === "object" && value !== null ? Object.keys(value) : [];
  const [key = ""] = keys;
  if (keys.length !== 1 || !isSelector(key)) {
    const message = key ? `unknown rule type: '${key}'` : "A rule names one selector";
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  }
  const parsed = RULE_SHAPES[key].safeParse(value);
  if (parsed.success) return parsed.data;
  for (const { path, message } of parsed.error.issues) {
    context.addIssue({ code: "custom", path, message });
  }
  return z.NEVER;
});

/** Which selector a rule is of. */
export const selectorOf = (rule: Rule): Selector => Object.keys(rule)[0] as Selector;

/** A rule that an older or newer release wrote, or that was never valid: it can only miss. */
export const isRule = (value: unknown): value is Rule => ruleSchema.safeParse(value).success;
