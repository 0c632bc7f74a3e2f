import { isEmail } from "./email";
import { factsOf, ProtocolFailure } from "./failure";
import { isJsonObject, type JsonObject } from "./parse-json";
import { type Caller, type List, readList, readObject } from "./person-api";
import type { Run } from "./run";
import type { PersonApi, PersonGroups } from "./schema";
import type { StepNotes } from "./trace";

const MOST_GROUPS = 4000;
/** Members that only the engine may set, and links, which nobody matches on. */
const NOT_TAKEN = /^(?:sub|iss|aud|exp|iat|nonce|email|email_verified|groups|url|.*_url)$/;

/** The value that never changes for a person, as text; null for one that cannot be told exactly. */
function subjectOf(profile: JsonObject, { subject }: PersonApi): string | null {
  const value = Object.hasOwn(profile, subject) ? profile[subject] : null;
  if (typeof value === "number") return Number.isSafeInteger(value) ? String(value) : null;
  return typeof value === "string" && value !== "" && value.length <= 255 ? value : null;
}

interface Address {
  email: string;
  primary: boolean;
  verified: boolean;
}

const addressesIn = ({ elements }: List): Address[] =>
  elements
    .filter(isJsonObject)
    .filter((one): one is JsonObject & { email: string } => typeof one.email === "string")
    .map(({ email, primary, verified }) => ({
      email,
      primary: primary === true,
      verified: verified === true,
    }));

/** The one address that the provider vouches for: primary, and verified. */
async function verifiedEmail(caller: Caller): Promise<string> {
  const { emailsUrl, scopes } = caller.api;
  const list = await readList(caller, emailsUrl).catch((error: unknown) => {
    if (!(error instanceof ProtocolFailure) || error.code !== "person_no_scope") throw error;
    throw new ProtocolFailure(error.code, [
      ...error.facts,
      ...factsOf({ "Scope needed": scopes.emails }),
    ]);
  });
  const addresses = addressesIn(list);
  const found = addresses.find(({ primary, verified }) => primary && verified);
  if (found && isEmail(found.email)) return found.email;
  const has = `It has ${addresses.length} ${addresses.length === 1 ? "address" : "addresses"}`;
  throw new ProtocolFailure(
    "no_verified_email",
    factsOf({
      Addresses: addresses.some(({ primary }) => primary)
        ? `${has}, and the primary one is not verified.`
        : `${has}, and none is the primary one.`,
    }),
  );
}

function textAt(element: unknown, path: readonly string[]): string | null {
  const [name, ...rest] = path;
  if (name === undefined) return typeof element === "string" && element !== "" ? element : null;
  return isJsonObject(element) && Object.hasOwn(element, name) ? textAt(element[name], rest) : null;
}

/** `acme/platform` from an element, or null when a part of the name is missing. */
function groupName(element: unknown, { namePaths }: PersonGroups): string | null {
  const parts = namePaths.map((path) => textAt(element, path));
  return parts.includes(null) ? null : parts.join("/");
}

/** Why a list of groups is missing: a warning, because groups are never the reason to fail. */
function groupsFailure(error: unknown, { scopes }: PersonApi): unknown {
  if (!(error instanceof ProtocolFailure)) return error;
  if (error.code === "person_groups_sso") return error;
  if (error.code === "person_no_scope") {
    const facts = factsOf({ "Scope needed": scopes.groups });
    return new ProtocolFailure("person_groups_scope", [...error.facts, ...facts]);
  }
  return new ProtocolFailure("person_groups_failed", error.facts, { cause: error });
}

/** One list of groups; null where it could not be read, which is told as a warning. */
async function listSoftly(caller: Caller, source: PersonGroups, notes: StepNotes) {
  try {
    const list = await readList(caller, source.url);
    if (list.elsewhere !== null) {
      const facts = factsOf({ "Next page": list.elsewhere, Address: source.url.split("?")[0] });
      notes.warn("person_groups_next_page", facts);
    }
    if (list.partial) notes.warn("person_groups_sso");
    return list;
  } catch (error) {
    notes.failSoftly(groupsFailure(error, caller.api));
    return null;
  }
}

async function readGroups(caller: Caller, notes: StepNotes): Promise<string[]> {
  const names = new Set<string>();
  let cut = false;
  for (const source of caller.api.groups) {
    const list = await listSoftly(caller, source, notes);
    for (const element of list?.elements ?? []) {
      const name = groupName(element, source);
      if (name !== null) names.add(name);
    }
    cut ||= list?.cut ?? false;
  }
  if (cut || names.size > MOST_GROUPS) {
    const kept = Math.min(names.size, MOST_GROUPS);
    notes.warn("person_groups_too_many", factsOf({ Groups: kept.toLocaleString("en") }));
  }
  return [...names].slice(0, MOST_GROUPS);
}

const claimName = ({ claimNames }: PersonApi, member: string): string =>
  (Object.hasOwn(claimNames, member) && claimNames[member]) || member;

/**
 * Step 7 of plain OAuth 2.0: who signed in, as the provider's API tells the holder of the access
 * token, in the form of claims. The address is the verified primary one or there is none. Throws
 * ProtocolFailure `person_*` or `no_verified_email`; lists of groups only warn.
 */
export async function readPerson(
  run: Run,
  api: PersonApi,
  accessToken: string,
  notes: StepNotes,
): Promise<JsonObject> {
  const caller: Caller = { run, api, accessToken };
  const profile = await readObject(caller, api.profileUrl);
  const sub = subjectOf(profile, api);
  if (sub === null) {
    throw new ProtocolFailure("person_no_subject", factsOf({ Member: api.subject }));
  }
  const email = await verifiedEmail(caller);
  const groups = await readGroups(caller, notes);
  const own = Object.entries(profile)
    .filter(([name]) => !NOT_TAKEN.test(name))
    .map(([name, value]) => [claimName(api, name), value]);
  notes.add(
    factsOf({
      Subject: `${api.subject} ${sub}`,
      Email: "the primary address, which the provider has verified",
      Groups: api.groups.length === 0 ? "not asked for" : String(groups.length),
    }),
  );
  notes.summary = "The provider's API told who signed in";
  return {
    ...Object.fromEntries(own),
    sub,
    email,
    email_verified: true,
    ...(groups.length > 0 && { groups }),
  };
}
