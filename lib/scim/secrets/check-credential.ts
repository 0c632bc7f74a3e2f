import "server-only";
import { masterKey } from "@/lib/kit/master-key";
import { deriveKey, openWith, sealWith } from "@/lib/kit/secrets";

const PREFIX = "check.";
const LIFE_MS = 120_000;

let key: Buffer | undefined;
const sealing = (): Buffer => {
  key ??= deriveKey(masterKey(), "scim endpoint check");
  return key;
};

/**
 * What Gatehouse proves itself by when it checks its own SCIM Endpoint: it opens the endpoint of one
 * login method, for two minutes, at every instance, and is written down nowhere.
 */
export const makeCheckCredential = (loginMethodId: string, now = Date.now()): string =>
  PREFIX + sealWith(sealing(), String(now + LIFE_MS), loginMethodId);

/** Whether a presented secret is a check's, for this login method and not too old. */
export function isCheckCredential(
  presented: string | null,
  loginMethodId: string,
  now = Date.now(),
): boolean {
  if (!presented?.startsWith(PREFIX)) return false;
  try {
    return Number(openWith(sealing(), presented.slice(PREFIX.length), loginMethodId)) > now;
  } catch {
    return false;
  }
}
