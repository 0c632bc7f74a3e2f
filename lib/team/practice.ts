import "server-only";
import { readFile } from "node:fs/promises";
import { env } from "@/lib/kit/env";
import { log } from "@/lib/kit/log";
import { type PracticeProvider, practiceFileSchema } from "./practice-schema";

/**
 * The practice providers that are running, from the file that GATEHOUSE_PRACTICE names. Read each
 * time, because they may start after Gatehouse; none when there is no such file.
 */
export async function practiceProviders(): Promise<PracticeProvider[]> {
  const file = env().practiceFile;
  if (!file) return [];
  try {
    return practiceFileSchema.parse(JSON.parse(await readFile(file, "utf8"))).providers;
  } catch (error) {
    log.warn({ err: error, file }, "the practice providers' file could not be read");
    return [];
  }
}
