/** Where the console draws pages in a frame: the one address that its policy allows there. */
export const PREVIEW_PATH = "/settings/custom-pages/preview";

export const PREVIEW_STATES = ["login", "one", "error", "none", "block", "launcher"] as const;
export type PreviewState = (typeof PREVIEW_STATES)[number];

export const PREVIEW_STATE_WORDS: Record<PreviewState, string> = {
  login: "Login page: several login methods",
  one: "Login page: one login method",
  error: "Login page: with an error message",
  none: "Login page: no login method",
  block: "Block page",
  launcher: "App Launcher",
};
