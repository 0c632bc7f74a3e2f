import "server-only";
import { readFile } from "node:fs/promises";
import { env } from "@/lib/kit/env";
import { log } from "@/lib/kit/log";
import {
  type PracticeApplication,
  type PracticeFile,
  type PracticeProvider,
  practiceFileSchema,
} from "./practice-schema";

const NONE: PracticeFile = { providers: [], application: null };

/**
 * What the practice processes say of themselves, in the file that GATEHOUSE_PRACTICE names. Read each
 * time, because they may start after Gatehouse; nothing when there is no such file.
 */
async function practiceFile(): Promise<PracticeFile> {
  const file = env().practiceFile;
  if (!file) return NONE;
  try {
    return practiceFileSchema.parse(JSON.parse(await readFile(file, "utf8")));
  } catch (error) {
    log.warn({ err: error, file }, "the practice providers' file could not be read");
    return NONE;
  }
}

/** The practice providers that are running. */
export const practiceProviders = async (): Promise<PracticeProvider[]> =>
  (await practiceFile()).providers;

/** The practice application, where one is running. */
export const practiceApplication = async (): Promise<PracticeApplication | null> =>
  (await practiceFile()).application;
