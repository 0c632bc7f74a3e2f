import "server-only";
import { type SQL, sql } from "drizzle-orm";

/** Ids as one parameter of a statement, however many they are. They must be UUIDs. */
export const uuids = (ids: readonly string[]): SQL => sql`${`{${ids.join(",")}}`}::uuid[]`;
