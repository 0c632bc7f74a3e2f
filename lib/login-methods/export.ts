import { CLOUDFLARE_SECRETS, isCloudflareKey } from "@/lib/connectors/cloudflare-config";
import type { Config, Connector } from "@/lib/connectors/definition";
import { isBlank, type LoginMethod } from "./schema";

export interface ExportedMethod {
  /** Everything but the secrets: Cloudflare's shape, with Gatehouse's own settings apart. */
  json: string;
  /** A shell command that makes the same login method in a Cloudflare account. */
  request: string;
  /** Labels of the secrets that are stored here and are in neither. */
  withheld: string[];
}

/** Marks the places of a request that its sender fills in. */
const PLACEHOLDER = "REPLACE_WITH_THE_";

type Exportable = Pick<LoginMethod, "name" | "kind" | "config" | "secrets" | "scim">;

/** Only what the connector describes and is no secret of it, whatever the row may hold. */
function visible(connector: Connector, config: Config): [string, unknown][] {
  return connector.fields
    .filter(({ name }) => !connector.secrets.includes(name) && !isBlank(config[name]))
    .map(({ name }) => [name, config[name]]);
}

const single = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** https://developers.cloudflare.com/api/resources/zero_trust/subresources/identity_providers/methods/create/ */
const curl = (body: unknown): string =>
  [
    'curl "https://api.cloudflare.com/client/v4/accounts/$ACCOUNT_ID/access/identity_providers" \\',
    "  --request POST \\",
    '  --header "Authorization: Bearer $CLOUDFLARE_API_TOKEN" \\',
    '  --header "Content-Type: application/json" \\',
    `  --data ${single(JSON.stringify(body, null, 2))}`,
  ].join("\n");

/**
 * A login method to take elsewhere. No secret is ever in it: the request has placeholders where
 * Cloudflare wants them.
 */
export function exportMethod(method: Exportable, connector: Connector): ExportedMethod {
  const { name, kind, scim: scim_config } = method;
  const settings = visible(connector, method.config);
  const theirs = settings.filter(([key]) => isCloudflareKey(connector, key));
  const ours = settings.filter(([key]) => !isCloudflareKey(connector, key));
  const { type } = connector;
  const config = Object.fromEntries(theirs);
  const placeholders = Object.fromEntries(
    CLOUDFLARE_SECRETS.filter((key) => method.secrets[key]).map((key) => [
      key,
      `${PLACEHOLDER}${key.toUpperCase()}`,
    ]),
  );
  return {
    json: JSON.stringify(
      { name, type, config, scim_config, gatehouse: { kind, config: Object.fromEntries(ours) } },
      null,
      2,
    ),
    request: curl({ name, type, config: { ...config, ...placeholders }, scim_config }),
    withheld: connector.fields
      .filter((field) => method.secrets[field.name])
      .map(({ label }) => label),
  };
}
