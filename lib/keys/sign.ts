import "server-only";
import { type CryptoKey, importJWK, type JWK, SignJWT } from "jose";
import { AppError } from "@/lib/kit/errors";
import { log } from "@/lib/kit/log";
import { open } from "@/lib/kit/master-key";
import { processState } from "@/lib/kit/process-state";
import { sealedSigningKey, sealingContext } from "./store";

interface OpenKey {
  kid: string;
  key: CryptoKey;
  /** When the database was last asked which key signs. */
  askedAt: number;
}

/** A retired key still verifies for days: signing with it for some seconds more harms nobody. */
const ASK_MS = 5_000;

const signer = () =>
  processState("signing-key", () => ({
    current: null as OpenKey | null,
    asking: null as Promise<OpenKey> | null,
  }));

async function privateKey(kid: string, sealed: string): Promise<CryptoKey> {
  try {
    const jwk = JSON.parse(open(sealed, sealingContext(kid))) as JWK;
    return (await importJWK(jwk, "RS256")) as CryptoKey;
  } catch (cause) {
    throw new AppError(
      "unavailable",
      "The key that signs tokens cannot be opened with this GATEHOUSE_SECRET.",
      {
        cause,
        fix: "Start Gatehouse with the secret that it was made under, or rotate the key: two minutes later a new one signs. Whoever is signed in stays so.",
      },
    );
  }
}

async function ask(): Promise<OpenKey> {
  const { current } = signer();
  const { kid, sealed } = await sealedSigningKey();
  const key = current?.kid === kid ? current.key : await privateKey(kid, sealed);
  return { kid, key, askedAt: Date.now() };
}

async function openKey(): Promise<OpenKey> {
  const state = signer();
  if (state.current && Date.now() - state.current.askedAt < ASK_MS) return state.current;
  state.asking ??= ask().finally(() => {
    state.asking = null;
  });
  try {
    state.current = await state.asking;
    return state.current;
  } catch (err) {
    // Whether anything may be signed without the database is the caller's to decide.
    if (!state.current) throw err;
    log.warn({ err }, "signing with the key known last");
    state.current = { ...state.current, askedAt: Date.now() };
    return state.current;
  }
}

/**
 * A JWT (RFC 7519) of these claims, RS256, with the `kid` of the key that signs. Its private half is
 * opened once per process. Throws AppError `unavailable` when it cannot be opened, and the database's
 * error when no key was ever read.
 */
export async function signToken(payload: object): Promise<string> {
  const { kid, key } = await openKey();
  return new SignJWT({ ...payload })
    .setProtectedHeader({ alg: "RS256", kid, typ: "JWT" })
    .sign(key);
}
