import * as z from "zod";
import type { Role } from "@/lib/kit/actor";
import { passwordIssue } from "./password-rules";

export const ROLES = ["owner", "admin", "read_only"] as const satisfies readonly Role[];

export const ROLE_WORDS: Record<Role, { label: string; may: string }> = {
  owner: { label: "Owner", may: "Changes everything, including admins and system settings" },
  admin: { label: "Admin", may: "Changes login methods and settings, but not admins" },
  read_only: { label: "Read-only", may: "Sees everything except secrets, and changes nothing" },
};

/** The one spelling of an address: what two admins cannot share and attempts are counted by. */
export const canonicalEmail = (email: string): string =>
  email.trim().normalize("NFKC").toLowerCase();

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it refuses
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/;

export const personNameSchema = z
  .string()
  .trim()
  .min(1, "Enter your name")
  .max(100, "Use at most 100 characters")
  .refine((name) => !CONTROL.test(name), "Leave out line breaks and invisible characters");

export const emailSchema = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, "Use at most 254 characters")
  .pipe(z.email("Enter an email address, like admin@example.com"));

/** What the sign-in form sends. Only bounds: a wrong address and an unknown one get one answer. */
export const signInSchema = z.object({
  email: z
    .string()
    .trim()
    .min(1, "Enter your email address")
    .max(254, "Use at most 254 characters"),
  password: z.string().min(1, "Enter your password").max(1_000, "Use at most 1,000 characters"),
});

/** A password to be: the rules that need nothing but itself. */
export const newPasswordSchema = z.string().superRefine((password, context) => {
  const message = passwordIssue(password, "");
  if (message) context.addIssue({ code: "custom", message });
});

/** The rule that needs the email too, for a form that has both. */
export function checkAgainstEmail(
  { email, password }: { email: string; password: string },
  context: { addIssue(issue: { code: "custom"; path: string[]; message: string }): void },
): void {
  const message = passwordIssue(password, email);
  if (message) context.addIssue({ code: "custom", path: ["password"], message });
}

export const inviteSchema = z.object({ email: emailSchema, role: z.enum(ROLES) });
export const adminIdSchema = z.object({ id: z.uuid() });
export const changeRoleSchema = adminIdSchema.extend({ role: z.enum(ROLES) });

/** An invitation link names the row in its path and carries the secret in its fragment. */
export const invitationKeySchema = z.object({
  id: z.uuid(),
  secret: z.string().min(20).max(200),
});
export type InvitationKey = z.output<typeof invitationKeySchema>;

export const acceptInvitationSchema = invitationKeySchema
  .extend({ name: personNameSchema, email: z.string().max(254), password: newPasswordSchema })
  .superRefine(checkAgainstEmail);

export const profileNameSchema = z.object({ name: personNameSchema });

export const changePasswordSchema = z
  .object({
    /** Sent along so that the form can apply the rule about it; the server uses the account's own. */
    email: z.string().max(254),
    current: z.string().min(1, "Enter your current password").max(1_000),
    password: newPasswordSchema,
  })
  .superRefine(checkAgainstEmail)
  .refine(({ current, password }) => current !== password, {
    path: ["password"],
    message: "Choose a password other than the current one",
  });

export interface AdminSummary {
  id: string;
  name: string;
  email: string;
  role: Role;
  /** ISO 8601. */
  createdAt: string;
  lastSignInAt: string | null;
}

export interface InvitationSummary {
  id: string;
  email: string;
  role: Role;
  createdAt: string;
  expiresAt: string;
  expired: boolean;
}
