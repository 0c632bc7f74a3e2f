import * as z from "zod";
import type { Config, Connector } from "@/lib/connectors/definition";
import { isPlainText } from "@/lib/connectors/oidc-rules";

/** Cloudflare allows 50; here it only keeps a runaway script from filling the list. */
export const MAX_LOGIN_METHODS = 200;

export const nameSchema = z
  .string("Enter a name")
  .trim()
  .min(1, "Enter a name")
  .max(100, "Use at most 100 characters")
  .refine(isPlainText, "Remove the characters that cannot be seen");

export const IDENTITY_UPDATES = ["automatic", "reauth", "no_action"] as const;

/** Cloudflare's `scim_config`, without the parts that an endpoint would bring. */
export const scimSchema = z
  .strictObject({
    enabled: z.boolean().default(false),
    user_deprovision: z.boolean().default(false),
    seat_deprovision: z.boolean().default(false),
    identity_update_behavior: z.enum(IDENTITY_UPDATES).default("no_action"),
  })
  .prefault({})
  .refine((scim) => scim.user_deprovision || !scim.seat_deprovision, {
    path: ["seat_deprovision"],
    message: "Turn on Enable user deprovisioning first, or turn this off.",
  });
export type Scim = z.output<typeof scimSchema>;

/** Settings as a browser or an API client sends them, before a connector has looked at them. */
export interface LoginMethodInput {
  name: string;
  config: Config;
  scim?: z.input<typeof scimSchema>;
}

export interface LoginMethodValues {
  name: string;
  config: Config;
  scim: Scim;
}

export const isBlank = (value: unknown) =>
  value === undefined || value === "" || (Array.isArray(value) && value.length === 0);

const isRecord = (value: unknown): value is Config =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Whether a secret field says nothing new. `true` alone says nothing: see `takesOver`. */
export const isUntyped = (value: unknown) => isBlank(value) || value === true;

/** Stands for a stored secret while the rules are checked. */
export const KEPT = "(kept)";

/**
 * The field whose stored secret another one takes over, because `true` was sent for it while the
 * field itself gets a new one; null otherwise.
 */
export function takesOver(connector: Connector, name: string, typed: Config): string | null {
  const source = connector.fields.find((field) => field.name === name)?.takesOver;
  if (!source || typed[name] !== true) return null;
  return typeof typed[source] === "string" && !isBlank(typed[source]) ? source : null;
}

function markSecrets(connector: Connector, stored: readonly string[], config: Config): void {
  for (const name of connector.secrets) {
    const value = config[name];
    const source = takesOver(connector, name, config);
    if ((source && stored.includes(source)) || (isUntyped(value) && stored.includes(name))) {
      config[name] = KEPT;
    } else if (value === null || value === true) delete config[name];
  }
}

/**
 * Fills what the connector can work out from other fields, and stands a mark in for a stored secret
 * that was left blank. `null` for a secret removes it.
 */
function complete(connector: Connector, stored: readonly string[], typed: unknown): unknown {
  if (!isRecord(typed)) return typed;
  const config: Config = { ...typed };
  for (const [name, value] of Object.entries(connector.derive(config))) {
    const replaces = connector.fields.find((field) => field.name === name)?.discovers;
    if (replaces || isBlank(config[name])) config[name] = value;
  }
  markSecrets(connector, stored, config);
  return config;
}

/**
 * The one schema of a login method's settings, for the form, the action and the store. `stored`
 * names the secrets that are kept when their field is left blank. Issues stand on dotted paths such
 * as `config.auth_url`.
 */
export function loginMethodSchema(
  connector: Connector,
  stored: readonly string[],
): z.ZodType<LoginMethodValues, LoginMethodInput> {
  const schema = z.strictObject({
    name: nameSchema,
    config: z.preprocess((typed) => complete(connector, stored, typed), connector.settings),
    scim: scimSchema,
  });
  return schema as unknown as z.ZodType<LoginMethodValues, LoginMethodInput>;
}

const id = z.uuid("That is not the id of a login method.");
/** The draft that the form was opened from: its secrets stand behind blank fields. */
const draftId = z.uuid().optional();
/** Parsed again by `loginMethodSchema` once the kind and the stored secrets are known. */
const values = z.record(z.string().max(100), z.unknown());

/** `id` is made by the server for each form, so that a form sent twice makes one login method. */
export const addSchema = z.strictObject({ id, kind: z.string().max(50), draftId, values });
export const changeSchema = z.strictObject({ id, version: z.int().positive(), draftId, values });
/** `untested: "accept"` enables what has not passed a test with its present settings. */
export const enableSchema = z.strictObject({
  id,
  enabled: z.boolean(),
  untested: z.literal("accept").optional(),
});
export const saveTestedSchema = z.strictObject({ draftId: z.uuid() });
export const removeSchema = z.strictObject({ id });

export interface StoredSecret {
  setAt: string;
  setBy: string;
}

/** A login method as the console reads it: no secret, only that one is stored. */
export interface LoginMethod {
  id: string;
  kind: string;
  name: string;
  enabled: boolean;
  config: Config;
  secrets: Record<string, StoredSecret>;
  scim: Scim;
  pinnedIssuer: string | null;
  /** Equal to that of a test run which tested exactly these settings and secrets. */
  fingerprint: string;
  /** Values of the discovery document that an admin chose not to take, by config key. */
  ignoredDrift: Config;
  version: number;
  createdAt: string;
  updatedAt: string;
}

/** What the provider's admin pastes. */
export interface ScimCredentials {
  endpoint: string;
  secret: string;
}

/** What a save answers. */
export interface SavedLoginMethod extends LoginMethod {
  /** When this save was the first with SCIM enabled. The secret is shown once, then gone. */
  scimSecret?: ScimCredentials;
}
