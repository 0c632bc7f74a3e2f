import * as z from "zod";
import { isAppError } from "@/lib/kit/errors";

/** As many as a page of the registry shows, and more. */
export const severalSchema = z.strictObject({
  ids: z.array(z.uuid()).min(1, "Choose somebody first").max(100, "Choose at most 100 people"),
});

/**
 * Does to each what `act` does to one, one after the other: so a login waits for nobody but its own
 * person. Who is gone already is passed over.
 */
export async function toEach(
  ids: readonly string[],
  act: (id: string) => Promise<void>,
): Promise<void> {
  for (const id of new Set(ids)) {
    try {
      await act(id);
    } catch (error) {
      if (!isAppError(error) || error.code !== "not_found") throw error;
    }
  }
}
