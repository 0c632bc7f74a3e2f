import { type FoundClaim, resolveClaim } from "@/lib/oidc/claim-lookup";
import { claimValues } from "@/lib/oidc/claim-values";
import type { PersonIdentity } from "@/lib/users/schema";
import type { PolicyContext } from "./context";
import { canonicalEmail, type EmailAddress } from "./email-address";
import { type Address, parseAddress } from "./network";

/** A person as rules ask about them: everything is looked up, nothing searched. */
export interface Person {
  loginMethodId: string;
  /** Null when the address is not one that can be compared. */
  email: EmailAddress | null;
  groups: ReadonlySet<string>;
  /** Lower case, for providers whose names have no case. */
  anyCaseGroups: ReadonlySet<string>;
  amr: ReadonlySet<string>;
  /** The separate values of a claim, by its name or a path into it. */
  claim(nameOrPath: string): ReadonlySet<string>;
}

const NOTHING: ReadonlySet<string> = new Set();

/** Steps that hold dots or brackets are quoted there: `apps["https://x.example"]`. */
export const fullPath = (name: string, path: string): string =>
  path === "" ? name : `${name}${path.startsWith("[") ? "" : "."}${path}`;

function claimReader({ claims, groups }: PersonIdentity): Person["claim"] {
  const found: FoundClaim[] = claims.map(({ name, value }) => ({
    name,
    value,
    source: "id_token",
  }));
  const read = (asked: string): Iterable<string> => {
    const resolved = resolveClaim(found, asked);
    const values = resolved
      ? claimValues(resolved.value).values.filter(({ path }) => path === "")
      : claims.flatMap((claim) =>
          claim.values.filter(({ path }) => fullPath(claim.name, path) === asked),
        );
    const own = values.map(({ value }) => value);
    return asked.toLowerCase() === "groups" ? [...own, ...groups] : own;
  };
  const known = new Map<string, ReadonlySet<string>>();
  return (asked) => {
    const before = known.get(asked);
    if (before) return before;
    const set = new Set(read(asked));
    known.set(asked, set.size === 0 ? NOTHING : set);
    return set;
  };
}

function prepare(identity: PersonIdentity): Person {
  return {
    loginMethodId: identity.loginMethod.id,
    email: canonicalEmail(identity.email),
    groups: new Set(identity.groups),
    anyCaseGroups: new Set(identity.groups.map((group) => group.toLowerCase())),
    amr: new Set(identity.amr),
    claim: claimReader(identity),
  };
}

const prepared = new WeakMap<PersonIdentity, Person>();

function personOf(identity: PersonIdentity): Person {
  const known = prepared.get(identity);
  if (known) return known;
  const person = prepare(identity);
  prepared.set(identity, person);
  return person;
}

let lastText = "";
let lastAddress: Address | null = null;

/** One client asks many times in a row. */
function addressOf(text: string): Address | null {
  if (text !== lastText) {
    lastAddress = parseAddress(text);
    lastText = text;
  }
  return lastAddress;
}

/** A context, made ready for one judgement. */
export interface Facts {
  /** Each judgement has its own, by which a rule group knows that it was asked before. */
  serial: number;
  person: Person | null;
  address: Address | null;
  country: string | null;
  serviceTokenId: string | null;
  external: PolicyContext["external"];
  /** Left out in the policy tester, rather than unknown. */
  addressLeftOut: boolean;
  countryLeftOut: boolean;
}

let serial = 0;

/** The identity must not change afterwards: what is worked out about it is kept for as long as it lives. */
export function factsOf(context: PolicyContext): Facts {
  serial += 1;
  return {
    serial,
    person: context.person === null ? null : personOf(context.person),
    address: context.ip === null ? null : addressOf(context.ip),
    country: context.country,
    serviceTokenId: context.serviceTokenId,
    external: context.external,
    addressLeftOut: context.partial === true && context.ip === null,
    countryLeftOut: context.partial === true && context.country === null,
  };
}
