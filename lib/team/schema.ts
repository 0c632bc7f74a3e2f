import * as z from "zod";

/** Names that would pass for a service of the installation, or that browsers and DNS treat specially. */
const RESERVED = new Set(
  `admin administrator access account api app apps assets auth autoconfig autodiscover billing blog
  callback cdn cdn-cgi console dashboard dns docs download email example files ftp gatehouse gate
  health help home host id idp imap internal invalid local localhost login logout mail mx ns ns1 ns2
  oauth oidc pop postmaster public root saml scim security server setup signin signup smtp sso static
  status support system test webmail webmaster wpad www`.split(/\s+/),
);

export const teamNameSchema = z
  .string()
  .trim()
  .regex(
    /^[a-z0-9](?:[a-z0-9-]{1,61}[a-z0-9])$/,
    "Use 3-63 lowercase letters, numbers or hyphens; start and end with a letter or number",
  )
  .refine((name) => !name.startsWith("xn--"), "A name that starts with xn-- is reserved")
  .refine((name) => !RESERVED.has(name), {
    error: ({ input }) => `${String(input)} is reserved. Choose another name.`,
  });

export const renameTeamSchema = z.object({ name: teamNameSchema });

/** A team name from the console's address, such as `acme` for gatehouse.acme.com; else `team`. */
export function defaultTeamName(consoleUrl: string): string {
  const labels = new URL(consoleUrl).hostname.split(".");
  const candidate = labels.length > 1 ? labels.at(-2) : undefined;
  const parsed = teamNameSchema.safeParse(candidate);
  return parsed.success && /[a-z]/.test(parsed.data) ? parsed.data : "team";
}

/** Public facts of the installation. */
export interface Installation {
  /** Null until set-up is done. */
  teamName: string | null;
  setupDone: boolean;
  /** Origin of the console. */
  consoleUrl: string;
  /** Origin on which people sign in and providers call back. */
  teamDomain: string;
  callbackUrl: string;
}

export interface SystemHealth {
  gatehouse: string;
  node: string;
  database: { ok: boolean; kind: "embedded" | "url"; version: string | null; error: string | null };
  /** Seconds by which this process is ahead of the database; null when the database did not answer. */
  clockAhead: number | null;
  /** Proxies for outbound requests as host:port, without credentials; null where there is none. */
  proxy: { https: string | null; http: string | null; noProxy: readonly string[] };
}

/** One line of the set-up's self-checks. */
export interface Check {
  id: string;
  label: string;
  status: "pass" | "warn";
  detail: string;
  /** What to change; only with a warning. */
  fix?: string;
}
