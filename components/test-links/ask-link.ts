import type { Failure, Result } from "@/lib/kit/result";
import type { LinkHours, MadeLink } from "@/lib/test-links/schema";

/** A form as it stands, for a link that tries it before it is saved. */
export interface UnsavedSettings {
  kind: string;
  version: number;
  /** The draft whose secrets stand behind blank fields. */
  from: string | null;
  values: Record<string, unknown>;
}

export interface LinkRequest {
  loginMethodId: string;
  draftId: string | null;
  hours: LinkHours;
  settings?: UnsavedSettings;
}

const LOST: Failure = {
  ok: false,
  code: "unavailable",
  message: "Gatehouse did not answer. No link is known to have been made.",
  fix: "Check the connection to Gatehouse, then try again.",
};

/** A route handler, not a server action: the button stands in cards that no page hands actions to. */
export async function askForLink(input: LinkRequest): Promise<Result<MadeLink>> {
  try {
    const response = await fetch("/settings/authentication/test-links", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(input),
    });
    return (await response.json()) as Result<MadeLink>;
  } catch {
    return LOST;
  }
}
