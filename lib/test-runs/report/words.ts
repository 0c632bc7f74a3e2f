import type { Step } from "@/lib/oidc/schema";

/** What the steps are called, in pages and in reports. */
export const STEP_WORDS: Record<Step, string> = {
  configuration: "Read configuration",
  keys: "Load signing keys",
  authorize: "Send to provider",
  callback: "Callback received",
  exchange: "Exchange code",
  id_token: "Verify ID token",
  user_info: "User info",
  identity: "Map identity",
};
