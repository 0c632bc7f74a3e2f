/** Where the console draws pages in a frame: the one address that its policy allows there. */
export const PREVIEW_PATH = "/settings/custom-pages/preview";

export const PREVIEW_STATES = [
  "login",
  "one",
  "message",
  "none",
  "failed",
  "block",
  "launcher",
] as const;
export type PreviewState = (typeof PREVIEW_STATES)[number];

export const PREVIEW_STATE_WORDS: Record<PreviewState, string> = {
  login: "Several login methods",
  one: "One login method",
  message: "Login method closed",
  none: "No login method",
  failed: "Failed sign-in",
  block: "Block page",
  launcher: "App Launcher",
};
