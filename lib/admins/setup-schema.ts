import * as z from "zod";
import { teamNameSchema } from "@/lib/team/schema";
import { checkAgainstEmail, emailSchema, newPasswordSchema, personNameSchema } from "./schema";

const token = z
  .string()
  .trim()
  .min(1, "Enter the setup token")
  .max(200, "That token does not match. Copy the newest one from the server log.");

const owner = z.object({
  name: personNameSchema,
  email: emailSchema,
  password: newPasswordSchema,
});

export const unlockSchema = z.object({ token });
export const firstOwnerSchema = owner.superRefine(checkAgainstEmail);
export const teamStepSchema = z.object({ teamName: teamNameSchema });
export const selfCheckSchema = z.object({ token, teamName: teamNameSchema });
export const setupSchema = owner
  .extend({ token, teamName: teamNameSchema })
  .superRefine(checkAgainstEmail);

export type SetupInput = z.input<typeof setupSchema>;
