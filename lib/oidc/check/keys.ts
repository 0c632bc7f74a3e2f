import { importJWK } from "jose";
import { algorithmsOf } from "../algorithms";
import { algOf, type KeySet, loadKeys, loadKeysIfAny, type SigningKey } from "../keys";
import { type JsonObject, textOf } from "../parse-json";
import { acceptsSymmetric } from "../symmetric";
import { finding, listed, problemIn } from "./finding";
import type { Probe } from "./probe";
import type { Check } from "./schema";

const LEAST_RSA_BITS = 2048;
/** Only private keys have these (RFC 7518 §6). */
const PRIVATE = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

const nameOf = (key: JsonObject): string => {
  const kid = textOf(key, "kid");
  return kid ? `kid ${kid.slice(0, 80)}` : "a key without kid";
};

function bitsOf(key: SigningKey): number | null {
  if (key.kty !== "RSA") return null;
  const bytes = Buffer.from(textOf(key, "n") ?? "", "base64url");
  const first = bytes.findIndex((byte) => byte !== 0);
  return first < 0 ? 0 : (bytes.length - first) * 8 - Math.clz32(bytes[first] ?? 0) + 24;
}

/** Why a signing key cannot verify anything here, or null. */
async function defectOf(key: SigningKey): Promise<string | null> {
  const bits = bitsOf(key);
  if (bits !== null && bits < LEAST_RSA_BITS) {
    return `${nameOf(key)} has ${bits} bits, and fewer than ${LEAST_RSA_BITS} are refused`;
  }
  const { kty, n, e, crv, x, y } = key as Record<string, string>;
  const [alg = ""] = algorithmsOf(kty, crv);
  const isPublic = { kty, n, e, crv, x, y } as Parameters<typeof importJWK>[0];
  return importJWK(isPublic, alg).then(
    () => null,
    () => `${nameOf(key)} is not a usable ${String(kty)} key`,
  );
}

function nameProblems(keys: readonly SigningKey[]): string[] {
  const kids = keys.map((key) => textOf(key, "kid"));
  const twice = kids.filter((kid, at) => kid !== null && kids.indexOf(kid) !== at);
  return [
    ...(keys.length > 1 && kids.includes(null)
      ? ["Some of several keys have no kid, so a token cannot say which one signed it."]
      : []),
    ...(twice.length > 0
      ? [`The kid ${listed([...new Set(twice)].map(String))} stands twice.`]
      : []),
  ];
}

function summaryOf({ keys, others }: KeySet): string {
  const named = keys.map((key) => `${algOf(key)} (${nameOf(key)})`);
  const some = named.slice(0, 5);
  const more = named.length > some.length ? ` and ${named.length - some.length} more` : "";
  const rest = others.length > 0 ? ` ${others.length} more for other purposes.` : "";
  return `${keys.length} signing ${keys.length === 1 ? "key" : "keys"}: ${some.join(", ")}${more}.${rest}`;
}

/** Chosen by an admin: Accept HS256. */
const BY_SECRET = {
  status: "ok",
  title: "There are no signing keys",
  found: "ID tokens are checked with the Client secret, because Accept HS256 is on.",
} as const;

/** The keys at the Certificate URL: how many, of which kind, and whether each can be used. */
export async function checkKeys({ run, fetch }: Probe): Promise<Check> {
  const { certsUrl } = run.connection;
  const about = { id: "keys", did: `Read the signing keys at ${certsUrl}.`, field: "certs_url" };
  try {
    const symmetric = acceptsSymmetric(run.connection);
    const set = await (symmetric ? loadKeysIfAny : loadKeys)(fetch, certsUrl);
    if (set.keys.length === 0) return finding({ ...about, ...BY_SECRET });
    const defects = (await Promise.all(set.keys.map(defectOf))).filter((one) => one !== null);
    const published = [...set.keys, ...set.others];
    const exposed = published.some((key) => PRIVATE.some((name) => Object.hasOwn(key, name)));
    const problems = [
      ...(exposed
        ? [
            "A private or secret key is published: anyone can sign tokens with it. Replace it at the provider.",
          ]
        : []),
      ...defects.map((defect) => `Not usable: ${defect}.`),
      ...nameProblems(set.keys),
    ];
    const useless = defects.length === set.keys.length;
    if (problems.length === 0) {
      const title = "The signing keys can be used";
      return finding({ ...about, status: "ok", title, found: summaryOf(set) });
    }
    return finding({
      ...about,
      status: exposed || useless ? "failed" : "warning",
      title: useless ? "No signing key can be used" : "The signing keys need a look",
      found: `${problems.join(" ")} ${summaryOf(set)}`,
    });
  } catch (error) {
    const { title, words } = problemIn(error, "keys", "The signing keys could not be read");
    return finding({ ...about, status: "failed", title, found: words });
  }
}
