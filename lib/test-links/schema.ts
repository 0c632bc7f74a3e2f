import * as z from "zod";

/** How long a link may hold. */
export const LINK_HOURS = [1, 24, 168] as const;
export type LinkHours = (typeof LINK_HOURS)[number];

/** Links of one login method that can still be used. */
export const MAX_OPEN_LINKS = 20;

export const makeLinkSchema = z.strictObject({
  loginMethodId: z.uuid("That is not the id of a login method."),
  /** Unsaved settings to try in place of the saved ones. */
  draftId: z.uuid("That is not the id of a draft.").nullable().default(null),
  hours: z.literal(LINK_HOURS, "Choose 1 hour, 24 hours or 7 days."),
});
export const revokeLinkSchema = z.strictObject({ id: z.uuid("That is not the id of a link.") });

export type MakeLink = z.output<typeof makeLinkSchema>;

/** The one time that the address is known. */
export interface MadeLink {
  id: string;
  url: string;
  expiresAt: string;
}

/** `void`: whoever made it may not start tests any more. */
export type LinkState = "unused" | "used" | "expired" | "revoked" | "void";

export interface TestLinkSummary {
  id: string;
  state: LinkState;
  /** Whether unsaved settings are tried. */
  draft: boolean;
  createdBy: string;
  createdAt: string;
  expiresAt: string;
  usedAt: string | null;
  /** The run that it began. */
  runId: string | null;
}
