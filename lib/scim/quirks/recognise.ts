import { authentik } from "./authentik";
import { entra } from "./entra";
import { google } from "./google";
import { jumpcloud } from "./jumpcloud";
import { okta } from "./okta";
import { onelogin } from "./onelogin";
import type { ClientTraits, Quirk } from "./quirk";

/** In order: the first that fits. Entra last, as it is also known by the shape of its bodies. */
export const quirks: readonly Quirk[] = [okta, authentik, jumpcloud, onelogin, google, entra];

/**
 * Which provider a request seems to come from; null when nothing says. Anybody can write a
 * User-Agent, so this is for the log and the words in it and decides nothing.
 */
export function recogniseClient(traits: ClientTraits): Pick<Quirk, "id" | "name"> | null {
  const quirk = quirks.find((each) => each.isSender(traits));
  return quirk ? { id: quirk.id, name: quirk.name } : null;
}
