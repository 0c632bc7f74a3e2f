import type { OutboundPolicy } from "@/lib/outbound/schema";
import type { Connection } from "../schema";
import { mapTexts, storableText } from "../storable";
import { checkCallbackUrl } from "./callback-url";
import { checkClock } from "./clock";
import { checkCredentials } from "./credentials";
import { checkDiscovery } from "./discovery";
import { finding } from "./finding";
import { checkKeys } from "./keys";
import { openProbe, type Probe, type ProbeOptions } from "./probe";
import type { Check, CheckReport } from "./schema";

const NO_ID_TOKEN = finding({
  id: "discovery",
  status: "skipped",
  title: "No discovery document, and no keys",
  did: "Nothing.",
  found: "This provider speaks OAuth 2.0 without OpenID Connect: it has neither.",
});

/** A list says less than the answer itself: what was accepted need not be listed. */
function settled(checks: readonly Check[]): Check[] {
  const proven = checks.some(({ id, status }) => id === "credentials" && status === "ok");
  return checks.filter(({ id }) => !(proven && id === "published_token_auth_method"));
}

const NOT_PUSHED = finding({
  id: "callback_url",
  status: "skipped",
  title: "The Callback URL was not asked about",
  did: "Nothing.",
  found:
    "The request would be pushed with credentials that the provider refuses, and may lock the app for.",
});

/** A pushed request proves the app too: not with credentials that were refused a moment ago. */
async function callbackAfter(probe: Probe, credentials: Promise<Check[]>): Promise<Check> {
  if (!probe.run.connection.parUrl) return checkCallbackUrl(probe);
  const refused = (await credentials).some(({ status }) => status === "failed");
  return refused ? NOT_PUSHED : checkCallbackUrl(probe);
}

async function takeAll(probe: Probe, discoveryUrl: string | null): Promise<Check[]> {
  const oauthOnly = probe.run.connection.personApi !== undefined;
  const asked = checkCredentials(probe);
  const [document, keys, credentials, callback] = await Promise.all([
    oauthOnly ? { checks: [NO_ID_TOKEN] } : checkDiscovery(probe, discoveryUrl),
    oauthOnly ? [] : checkKeys(probe),
    asked,
    callbackAfter(probe, asked),
  ]);
  const checks = [document.checks, keys, credentials, callback, checkClock(probe)].flat();
  return settled(checks);
}

const count = (checks: readonly Check[], status: Check["status"]): number =>
  checks.filter((check) => check.status === status).length;

const many = (number: number, what: string): string =>
  `${number} ${what}${number === 1 ? "" : "s"}`;

function summaryOf(checks: readonly Check[]): Pick<CheckReport, "status" | "summary"> {
  const failed = count(checks, "failed");
  const warnings = count(checks, "warning");
  const unknown = count(checks, "unknown");
  const parts = [
    ...(failed > 0 ? [many(failed, "problem")] : []),
    ...(warnings > 0 ? [many(warnings, "warning")] : []),
  ];
  const open = unknown > 0 ? ` ${many(unknown, "thing")} could not be told before a test.` : "";
  if (parts.length > 0) {
    const summary = `Found ${parts.join(" and ")}.${open}`;
    return { status: failed > 0 ? "failed" : "warning", summary };
  }
  return { status: "ok", summary: `Nothing wrong was found.${open}` };
}

/**
 * Everything about a connection that can be told before anybody signs in. Never throws for what a
 * provider can cause. Makes no session at the provider and sends at most four token requests, one of
 * them with wrong credentials on purpose. The report is plain JSON without any secret.
 */
export async function checkConnection(
  connection: Connection,
  policy: OutboundPolicy,
  options: ProbeOptions,
): Promise<CheckReport> {
  const probe = openProbe(connection, policy, options);
  try {
    const checks = await takeAll(probe, connection.discoveryUrl ?? connection.issuer);
    const clean = (text: string) => storableText(probe.run.redactor.known(text));
    return { ...summaryOf(checks), checks: mapTexts(checks, clean) };
  } finally {
    probe.run.end();
  }
}
