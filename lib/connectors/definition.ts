import * as z from "zod";
import type { Connection, Prompt } from "@/lib/oidc/schema";

export type FieldControl =
  | "text"
  | "url"
  | "secret"
  | "switch"
  | "tags"
  | "select"
  | "number"
  | "pem";
export type FieldSection = "connection" | "optional" | "advanced";

export interface FieldHint {
  label: string;
  section: FieldSection;
  control: FieldControl;
  placeholder?: string;
  help?: string;
  /** Usually set by discovery: that alone unfolds no section. */
  quiet?: boolean;
  /** Shown as "(optional)" after the label. */
  optional?: boolean;
  /** Choices of a select, or suggestions of a tag list. */
  options?: readonly { value: string; label: string }[];
  /** Entries of a tag list that cannot be removed. */
  locked?: readonly string[];
  /** Entries of a tag list may hold commas: only a new line separates them. */
  lines?: boolean;
  /** Unit shown behind a number. */
  unit?: string;
  /** Editing this field works out other fields and reads the discovery document again. */
  discovers?: boolean;
  /** The address is read when the field is left, to say which signing keys it has. */
  holdsKeys?: boolean;
  /** A secret for which `true` means: what was stored under this config key until now. */
  takesOver?: string;
  /** Whether the form leaves the field out, with these values. It is stored all the same. */
  hidden?(values: Config, isStored: boolean): boolean;
}

/** Labels live beside the schema they describe, so a field cannot exist without its form control. */
export const hints = z.registry<FieldHint>();

export interface ConnectorField extends FieldHint {
  name: string;
}

/** Values that a discovery document can fill, by config key. */
export type Discovered = Partial<Record<string, string | boolean | readonly string[]>>;

export interface GuideStep {
  title: string;
  /** Plain sentences; `{callbackUrl}`, `{teamDomain}` stand for this installation's own values. */
  body: string;
  /** A value of this installation to copy. */
  copy?: "callbackUrl" | "teamDomain";
  /** A literal value to copy into the provider's form, such as `.*`. */
  value?: string;
  warning?: string;
}

/** The neutral tile that stands for a provider: no vendor's logo is shipped. */
export interface Tile {
  monogram: string;
  /** One of the tile hues that `components/ui/tile.tsx` knows. */
  hue: "blue" | "indigo" | "violet" | "rose" | "orange" | "teal" | "green" | "slate";
}

/** Sections of the chooser, in order. */
export const GROUPS = [
  { id: "recommended", title: "Recommended for your setup" },
  { id: "more", title: "More" },
] as const;

/** Stored settings of a login method: every config key, secrets included where they are opened. */
export type Config = Record<string, unknown>;

interface Spec<S extends z.ZodObject> {
  /** Name in the database and in console URLs. */
  kind: string;
  /** Cloudflare's `type`; several kinds may be `oidc`. */
  type: "oidc" | "okta" | "azureAD" | "google" | "google-apps" | "github" | "onelogin" | "pingone";
  /** Plain OAuth 2.0 has no ID token, no issuer, no keys and no discovery (decision 0008). */
  protocol?: "oidc" | "oauth2";
  /** Whether the provider itself can push users and groups by SCIM 2.0. */
  scim?: true;
  /** The `prompt` that makes it ask for another account than the one it remembers; `login` when absent. */
  otherAccountPrompt?: Prompt;
  label: string;
  /** One line for the chooser. */
  summary: string;
  /** Words that find it in search besides its label. */
  keywords: readonly string[];
  group: (typeof GROUPS)[number]["id"];
  /** Position within its group. */
  order: number;
  tile: Tile;
  settings: S;
  guide: readonly GuideStep[];
  /**
   * The address to read discovery from; null while the fields it needs are empty or wrong, and
   * always for a provider without a document.
   */
  discoveryUrl(config: Partial<z.input<S>>): string | null;
  /**
   * Fields worked out from others without a request: an application URL pasted whole becomes base
   * and slug, base and slug become the endpoint URLs. Returns only what it could derive. A field
   * that `discovers` takes the derived value always, any other only while it is empty.
   */
  derive(config: Partial<z.input<S>>): Discovered;
  /**
   * Things worth a second look that do not stop a save, by config key. `allowed` are the private
   * hosts that this installation may call.
   */
  warnings?(config: Config, allowed: readonly string[]): Partial<Record<string, string>>;
  /** `issuer` is the pinned one, for a config that names none. */
  open(settings: z.output<S>, pinnedIssuer: string | null): Connection;
  /** Advice of this provider on a diagnosis code: steps put before the general ones. */
  advice?: Partial<Record<string, readonly string[]>>;
}

/** Closes over the settings type and returns an erased connector, so no caller meets a generic. */
export function defineConnector<S extends z.ZodObject>(spec: Spec<S>) {
  const fields: ConnectorField[] = Object.entries(spec.settings.shape).map(([name, schema]) => {
    const hint = hints.get(schema as z.ZodType);
    if (!hint) throw new Error(`${spec.kind}.${name} has no hint`);
    return { name, ...hint };
  });
  return {
    kind: spec.kind,
    type: spec.type,
    protocol: spec.protocol ?? "oidc",
    scim: spec.scim ?? false,
    otherAccountPrompt: spec.otherAccountPrompt ?? "login",
    label: spec.label,
    summary: spec.summary,
    keywords: spec.keywords,
    group: spec.group,
    order: spec.order,
    tile: spec.tile,
    guide: spec.guide,
    advice: spec.advice ?? {},
    fields,
    /** Names of the write-only fields. */
    secrets: fields.filter((field) => field.control === "secret").map((field) => field.name),
    settings: spec.settings as z.ZodObject,
    discoveryUrl: (config: Config) => spec.discoveryUrl(config as Partial<z.input<S>>),
    derive: (config: Config) => spec.derive(config as Partial<z.input<S>>),
    warnings: (config: Config, allowed: readonly string[]) =>
      spec.warnings?.(config, allowed) ?? {},
    /** Throws a ZodError when the stored settings are not what the schema describes. */
    open: (config: Config, pinnedIssuer: string | null): Connection => {
      const settings = spec.settings.parse(config);
      const configKeys = fields.filter(({ control }) => control !== "secret");
      return {
        discoveryUrl: spec.discoveryUrl(config as Partial<z.input<S>>),
        configKeys: configKeys.map(({ name }) => name),
        ...spec.open(settings, pinnedIssuer),
      };
    },
  };
}

export type Connector = ReturnType<typeof defineConnector>;

/** What every connector folder must prove about itself; `connectors.test.ts` loads one per kind. */
export interface Fixture {
  /** As an admin types it, secrets included. */
  config: Config;
  derived: Discovered;
  /** Null for a provider without a discovery document. */
  discoveryUrl: string | null;
  connection: Partial<Connection>;
}
