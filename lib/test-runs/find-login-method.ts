import "server-only";
import type { Viewer } from "@/lib/kit/actor";
import { isAppError } from "@/lib/kit/errors";
import type { LoginMethod } from "@/lib/login-methods/schema";
import { getLoginMethod } from "@/lib/login-methods/store";

/** The login method of a run; null for one that was never saved, or is deleted. */
export async function findLoginMethod(viewer: Viewer, id: string): Promise<LoginMethod | null> {
  try {
    return await getLoginMethod(viewer, id);
  } catch (error) {
    if (isAppError(error) && error.code === "not_found") return null;
    throw error;
  }
}
