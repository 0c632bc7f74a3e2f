import * as z from "zod";

/** A form as it stands, of a login method that is saved or not. */
export const checkSchema = z.strictObject({
  /** The login method that is changed, or the id that a new one will get. */
  loginMethodId: z.uuid("That is not the id of a login method."),
  kind: z.string().max(50),
  /** The saved version that the form began from; 0 for one never saved. */
  baseVersion: z.int().nonnegative(),
  /** The draft that the form was opened from. */
  from: z.uuid().nullish(),
  config: z.record(z.string().max(100), z.unknown()),
});
export type CheckInput = z.input<typeof checkSchema>;
