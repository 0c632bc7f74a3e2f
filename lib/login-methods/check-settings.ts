import "server-only";
import type { Config, Connector } from "@/lib/connectors/definition";
import { parseWebUrl } from "@/lib/connectors/web-url";
import { issuesByPath } from "@/lib/kit/action";
import { AppError } from "@/lib/kit/errors";
import type { Connection } from "@/lib/oidc/schema";
import { mayUsePlainHttp } from "@/lib/outbound/plain-http";
import type { OutboundPolicy } from "@/lib/outbound/schema";
import { isBlank, KEPT, type LoginMethodValues, loginMethodSchema } from "./schema";

const PROBLEM = "There is a problem with what was entered.";

const refuse = (fields: Record<string, string[]>): never => {
  throw new AppError("invalid_input", PROBLEM, { fields });
};

/** Parses what was sent; AppError `invalid_input` with every issue on its field. */
export function parseValues(
  connector: Connector,
  stored: readonly string[],
  values: unknown,
): LoginMethodValues {
  const parsed = loginMethodSchema(connector, stored).safeParse(values);
  return parsed.success ? parsed.data : refuse(issuesByPath(parsed.error));
}

/** The fields whose address is plain http although the installation does not allow it for that host. */
export async function refusePlainHttp(
  policy: OutboundPolicy,
  connector: Connector,
  config: Config,
): Promise<void> {
  const issues = await Promise.all(
    connector.fields.map(async ({ name, label, control }) => {
      const url = control === "url" ? parseWebUrl(config[name]) : null;
      if (url?.protocol !== "http:" || (await mayUsePlainHttp(policy, url.href))) return [];
      const message = `${label} must start with https://. To use plain http on your own network, allow ${url.host} in Settings > System first.`;
      return [[`config.${name}`, [message]] as [string, string[]]];
    }),
  );
  const fields = Object.fromEntries(issues.flat());
  if (Object.keys(fields).length > 0) refuse(fields);
}

/** The connection that a config makes, with a mark for every secret that is kept. */
export const sketch = (connector: Connector, config: Config, kept: readonly string[]): Connection =>
  connector.open({ ...config, ...Object.fromEntries(kept.map((name) => [name, KEPT])) }, null);

/** Every origin that a secret of this connection is sent to. */
const destinations = ({ tokenUrl, parUrl, groupsApi }: Connection): string[] =>
  [tokenUrl, parUrl, groupsApi?.url].flatMap((url) => (url ? [new URL(url).origin] : []));

/**
 * Without this, whoever may edit a login method could point its Token URL at a server of their own,
 * start a test, and read a secret that the console never shows.
 */
export function refuseSecretsAtNewAddress(
  connector: Connector,
  typed: Config,
  before: Connection | null,
  after: Connection,
  stored: readonly string[],
): void {
  // Stored settings that make no connection name no address, so every one is new.
  const known = before ? destinations(before) : [];
  const origin = destinations(after).find((one) => !known.includes(one));
  if (origin === undefined) return;
  const { host } = new URL(origin);
  // `true` stands for the stored secret of another field.
  const isKept = (name: string) =>
    typed[name] === true || (stored.includes(name) && isBlank(typed[name]));
  const kept = connector.fields.filter(({ name, control }) => control === "secret" && isKept(name));
  if (kept.length === 0) return;
  const message = (label: string) =>
    `Enter the ${label} again: it would now be sent to ${host}, and a stored secret is never sent to a new address.`;
  refuse(
    Object.fromEntries(
      kept.map(({ name, label }) => [
        `config.${name}`,
        [message(label.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase()))],
      ]),
    ),
  );
}

/** Whether tokens would be checked against other keys or another issuer than before. */
export const trustsElsewhere = (before: Connection, after: Connection): boolean =>
  (["authUrl", "tokenUrl", "certsUrl", "issuer"] as const).some(
    (part) => before[part] !== after[part],
  );
