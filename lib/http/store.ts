import "server-only";
import { closeDatabase, database, databaseHealth } from "@/db/client";

/** Opens the database: starts the embedded one, migrates. Throws AppError `unavailable`. */
export async function openDatabase(): Promise<void> {
  await database();
}

/** Whether the database answers; it is open only once its migrations are done. */
export const databaseAnswers = async (): Promise<boolean> => (await databaseHealth()).ok;

export { closeDatabase };
