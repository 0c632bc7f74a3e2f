import "server-only";
import type { Admin } from "@/lib/kit/actor";
import { pinTestedIssuer } from "@/lib/login-methods/pinned-issuer/store";
import type { SavedLoginMethod } from "@/lib/login-methods/schema";
import { getLoginMethod } from "@/lib/login-methods/store";
import { provenIssuer } from "./proven/store";

/** Settings that passed a test before they were saved expect the issuer that it met. */
export async function keepTestedIssuer(
  admin: Admin,
  saved: SavedLoginMethod,
): Promise<SavedLoginMethod> {
  const issuer = saved.pinnedIssuer === null ? await provenIssuer(admin, saved) : null;
  if (issuer === null) return saved;
  await pinTestedIssuer(admin, saved.id, saved.version, issuer);
  const { scimSecret } = saved;
  return { ...(await getLoginMethod(admin, saved.id)), ...(scimSecret && { scimSecret }) };
}
