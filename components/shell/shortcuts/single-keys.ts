import { keepChoice } from "../cookie";

/** Whether single keys act in this browser; no cookie means that they do. */
export const SINGLE_KEYS_COOKIE = "gatehouse-single-keys";

export const singleKeysFrom = (cookie: string | undefined): boolean => cookie !== "off";

/** Read at each key press, so that a change in another tab counts here too. */
export const singleKeysHere = (): boolean =>
  !document.cookie.split("; ").includes(`${SINGLE_KEYS_COOKIE}=off`);

export const keepSingleKeys = (on: boolean): void =>
  keepChoice(SINGLE_KEYS_COOKIE, on ? "on" : "off");
