import type { TestRun } from "../schema";

/** Claims of the protocol: they tell about the app and the token, not about the person. */
const PROTOCOL = new Set(
  "iss aud azp exp iat nbf nonce at_hash c_hash s_hash jti auth_time typ alg kid acr amr ver scope scp".split(
    " ",
  ),
);
const LEAST = 4;
const LONGEST = 512;
const MOST = 1000;

type Json = Record<string, unknown>;

function* leaves(value: unknown): Generator<string> {
  if (typeof value === "string" || typeof value === "number") yield String(value);
  else if (typeof value === "object" && value !== null) {
    for (const inner of Object.values(value)) yield* leaves(inner);
  }
}

const personalIn = (claims: Json | null): string[] =>
  Object.entries(claims ?? {}).flatMap(([name, value]) =>
    PROTOCOL.has(name) ? [] : [...leaves(value)],
  );

/** What a run learnt about a person, as separate texts. */
function personalValues(run: TestRun): string[] {
  if (!("claims" in run)) return [];
  const { claims, identity } = run;
  const names = new Set(Object.keys({ ...claims?.userInfo, ...claims?.idTokenPayload }));
  const values = [
    ...personalIn(claims?.idTokenPayload ?? null),
    ...personalIn(claims?.userInfo ?? null),
    ...leaves(identity?.sub.value),
    ...leaves(identity?.email?.value),
    ...leaves(identity?.name?.value),
    ...leaves(identity?.groups?.value),
  ];
  return [...new Set(values)]
    .filter((value) => value.length >= LEAST && value.length <= LONGEST && !names.has(value))
    .toSorted((a, b) => b.length - a.length)
    .slice(0, MOST);
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");

/** The first sign of a value, so that two of them can be told apart and nobody is named. */
export const sampleOf = (value: string): string => (value === "" ? "" : `${[...value][0]}…`);

/**
 * Takes what a run learnt about a person out of texts that were written about the run: each value,
 * also as it stands in a URL, becomes its first sign.
 */
export function personalMask(run: TestRun): (text: string) => string {
  const values = personalValues(run);
  if (values.length === 0) return (text) => text;
  const spelled = values.flatMap((value) => [...new Set([value, encodeURIComponent(value)])]);
  const pattern = new RegExp(
    `(?<![\\p{L}\\p{N}])(?:${spelled.map(escaped).join("|")})(?![\\p{L}\\p{N}])`,
    "giu",
  );
  return (text) => text.replace(pattern, sampleOf);
}
