import "server-only";
import * as z from "zod";
import { BLOCK_REASONS } from "@/lib/http/pages/block-reasons";
import { masterKey } from "@/lib/kit/master-key";
import { deriveKey, openWith, sealWith } from "@/lib/kit/secrets";

const denialSchema = z.object({
  /** Application id; null where there is none at the address. */
  app: z.uuid().nullable(),
  host: z.string().max(300),
  reason: z.enum(BLOCK_REASONS),
  /** Who is signed in. */
  email: z.string().max(400).nullable(),
  /** Speakable, as in the Access log. */
  ref: z.string().max(20),
  /** Seconds since 1970. */
  iat: z.number().int(),
});
export type Denial = z.infer<typeof denialSchema>;

const CONTEXT = "denial";
const MAX_TEXT = 2048;
const HOLDS_S = 3600;

let key: Buffer | undefined;
const sealingKey = (): Buffer => {
  key ??= deriveKey(masterKey(), "denials");
  return key;
};

/**
 * A denial of the gate as a short value for an address, for proxies that cannot hand on the gate's
 * own page (nginx). Sealed, not only signed: an address ends up in histories and logs, and this one
 * names a person.
 */
export const sealDenial = (denial: Denial): string =>
  sealWith(sealingKey(), JSON.stringify(denial), CONTEXT);

/** What `sealDenial` made within the last hour; null for anything else. */
export function readDenial(text: string, nowMs = Date.now()): Denial | null {
  if (text.length > MAX_TEXT) return null;
  try {
    const denial = denialSchema.parse(JSON.parse(openWith(sealingKey(), text, CONTEXT)));
    return nowMs < (denial.iat + HOLDS_S) * 1000 ? denial : null;
  } catch {
    return null;
  }
}
