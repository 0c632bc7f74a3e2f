import { ALGORITHMS } from "../algorithms";
import { AUTH_METHOD_LABELS } from "../configuration";
import { readDiscovery } from "../discovery";
import type { DiscoveryReport } from "../discovery-schema";
import type { Connection } from "../schema";
import { differencesFrom } from "./differences";
import { finding, listed, problemIn } from "./finding";
import type { Probe } from "./probe";
import type { Check, Difference, Published } from "./schema";

const USE_PUBLISHED = "Use what the provider publishes";

function words(value: Published | null): string {
  if (value === null || value === "") return "(empty)";
  if (typeof value === "boolean") return value ? "on" : "off";
  return typeof value === "string" ? value : value.join(", ");
}

const remediesFor = ({ name, adopt }: Difference, label = USE_PUBLISHED): Check["remedies"] =>
  adopt === null
    ? []
    : [{ label, set: { [name]: typeof adopt === "object" ? [...adopt] : adopt } }];

type Explained = Pick<Check, "title" | "found"> & { status?: Check["status"]; button?: string };

/** What a difference means. Whatever is not named here is told side by side. */
const MEANING: Record<string, (difference: Difference, connection: Connection) => Explained> = {
  issuer: ({ current, published }) =>
    current === null
      ? {
          title: "The issuer is not fixed yet",
          found: `Your provider publishes ${words(published)}. Without one here, the first passed test decides.`,
          button: "Use this issuer",
        }
      : {
          status: "failed",
          title: "Your provider publishes another issuer",
          found: `Set here: ${words(current)}. Published: ${words(published)}. Tokens that name another issuer are refused, and a slash at the end counts.`,
          button: "Use this issuer",
        },
  pkce_enabled: ({ published }) =>
    published
      ? {
          title: "PKCE is off, and your provider supports it",
          found: "The document lists the method S256. PKCE protects the sign-in code on its way.",
          button: "Turn on PKCE",
        }
      : {
          title: "Your provider does not list PKCE with S256",
          found: "PKCE is on here. Most providers ignore what they do not know: a test will tell.",
        },
  scopes: ({ current, published }) => {
    const kept = [published].flat();
    const odd = [current ?? []].flat().filter((scope) => !kept.includes(scope));
    return {
      title: `${odd.length === 1 ? "A scope is" : "Some scopes are"} not among those that your provider lists`,
      found: `Not listed: ${odd.join(", ")}. Some providers list only the common ones, others refuse the whole sign-in.`,
      button: `Remove ${listed(odd.map(String))}`,
    };
  },
  token_auth_method: ({ adopt, published }, { tokenAuthMethod }) => ({
    title: "Your provider does not list this token endpoint authentication",
    found: `Set here: ${AUTH_METHOD_LABELS[tokenAuthMethod]}. Listed: ${words(published)}.`,
    ...(typeof adopt === "string" && {
      button: `Switch to ${AUTH_METHOD_LABELS[adopt as Connection["tokenAuthMethod"]]}`,
    }),
  }),
};

function differenceCheck(difference: Difference, connection: Connection, url: string): Check {
  const { name, label, current, published, severe } = difference;
  const explained = MEANING[name]?.(difference, connection) ?? {
    title: `${label} is not what your provider publishes`,
    found: `Set here: ${words(current)}. Published: ${words(published)}.${severe ? " The keys that prove every token would come from another host." : ""}`,
  };
  const { title, found, status = "warning", button } = explained;
  return finding({
    id: `published_${name}`,
    status,
    title,
    did: `Compared ${label} with the document at ${url}.`,
    found,
    field: name,
    remedies: remediesFor(difference, button),
  });
}

/** What the protocol needs and the document rules out. */
function gaps({ offers, algs }: DiscoveryReport): string[] {
  const { responseTypes, responseModes } = offers;
  const lacks = (list: readonly string[], wanted: string) =>
    list.length > 0 && !list.includes(wanted);
  const known = algs.filter((alg) => ALGORITHMS.some((one) => one === alg));
  return [
    ...(lacks(responseTypes, "code")
      ? [`It lists the response types ${listed(responseTypes)}, and not code.`]
      : []),
    ...(lacks(responseModes, "query")
      ? [`It lists the response modes ${listed(responseModes)}, and not query.`]
      : []),
    ...(algs.length > 0 && known.length === 0
      ? [
          `It signs ID tokens with ${listed(algs)} only, which Gatehouse does not accept: choose a signing key such as RS256 at the provider.`,
        ]
      : []),
  ];
}

function supportCheck(report: DiscoveryReport): Check {
  const { offers, algs, documentUrl } = report;
  const problems = gaps(report);
  const supported = [
    "the authorization code flow",
    ...(offers.codeChallengeMethods.includes("S256") ? ["PKCE with S256"] : []),
    ...(algs.length > 0 ? [`ID tokens signed with ${listed(algs)}`] : []),
    ...(offers.issParameter ? ["its name in every answer (RFC 9207)"] : []),
    ...(offers.parUrl ? ["pushed authorization requests"] : []),
    ...(offers.dpopAlgs.length > 0 ? ["DPoP"] : []),
  ];
  return finding({
    id: "support",
    status: problems.length > 0 ? "warning" : "ok",
    title:
      problems.length > 0
        ? "Your provider may not do what Gatehouse needs"
        : "Your provider supports what Gatehouse needs",
    did: `Read what the document at ${documentUrl} says the provider can do.`,
    found: problems.length > 0 ? problems.join(" ") : `${listed(supported)}.`.replace(/^t/, "T"),
  });
}

const ADDRESSES = ["auth_url", "token_url", "certs_url", "userinfo_url"];

/** One line for everything that is as it is published. */
function agreement(differences: readonly Difference[], url: string): Check[] {
  const differs = (name: string) => differences.some((one) => one.name === name);
  const same = [
    ...(differs("issuer") ? [] : ["the issuer"]),
    ...(ADDRESSES.some(differs) ? [] : ["every address"]),
  ];
  if (same.length === 0) return [];
  const subject = listed(same);
  return [
    finding({
      id: "published",
      status: "ok",
      title: `${subject[0]?.toUpperCase()}${subject.slice(1)} ${same.length > 1 ? "are" : "is"} what your provider publishes`,
      did: `Compared the settings with the document at ${url}, letter for letter.`,
      found: "No difference.",
    }),
  ];
}

export interface DocumentChecks {
  checks: Check[];
  report: DiscoveryReport | null;
}

/** The discovery document, and every setting that it contradicts. */
export async function checkDiscovery(
  { run, fetch }: Probe,
  address: string | null,
): Promise<DocumentChecks> {
  const title = "The discovery document could not be read";
  const did = `Looked for the discovery document of ${address}.`;
  if (address === null) {
    const found = "No discovery address or issuer is set, so there is nothing to compare with.";
    const skipped = { title: "No discovery document", did: "Nothing.", found };
    return { checks: [finding({ id: "discovery", status: "skipped", ...skipped })], report: null };
  }
  try {
    const report = await readDiscovery(run.policy, address, { fetch });
    const { documentUrl, issuer, issuerMatches, notes } = report;
    const differences = differencesFrom(run.connection, report);
    // The first note is about an issuer elsewhere: whether that matters is a finding of its own.
    const doubts = issuerMatches || issuer === "" ? notes : notes.slice(1);
    const read = finding({
      id: "discovery",
      status: doubts.length > 0 ? "warning" : "ok",
      title: "The discovery document can be read",
      did: `Read ${documentUrl}.`,
      found: doubts.join(" ") || `It is the document of ${issuer || "a provider without a name"}.`,
    });
    const checks = [
      read,
      ...agreement(differences, documentUrl),
      ...differences.map((difference) => differenceCheck(difference, run.connection, documentUrl)),
      supportCheck(report),
    ];
    return { checks, report };
  } catch (error) {
    const { words: found } = problemIn(error, "configuration", title);
    return {
      checks: [finding({ id: "discovery", status: "warning", title, did, found })],
      report: null,
    };
  }
}
