import "server-only";
import type { ScimPanelData } from "@/components/scim/panel-props";
import type { Viewer } from "@/lib/kit/actor";
import type { LoginMethod } from "@/lib/login-methods/schema";
import { scimEndpoint } from "@/lib/scim/endpoint";
import { scimHealthOf } from "@/lib/scim/health/store";
import { listScimSecrets } from "@/lib/scim/secrets/store";
import { regenerateScim } from "../scim-actions";
import { checkScimEndpoint } from "../scim-check-action";

const DAY_MS = 86_400_000;

/** Null while SCIM is off. */
export async function scimPanelData(
  viewer: Viewer,
  { id, scim }: LoginMethod,
  consoleUrl: string,
): Promise<ScimPanelData | null> {
  if (!scim.enabled) return null;
  const [secrets, health] = await Promise.all([
    listScimSecrets(viewer, id),
    scimHealthOf(viewer, id),
  ]);
  return {
    endpoint: scimEndpoint(consoleUrl, id),
    ...{ secrets, health, regenerate: regenerateScim, check: checkScimEndpoint },
    active: health.lastAt !== null && Date.now() - Date.parse(health.lastAt) < DAY_MS,
  };
}
