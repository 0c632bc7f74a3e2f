import { readFileSync } from "node:fs";
import type { PracticeApplication } from "@/practice/application";
import type { PracticeProvider } from "@/practice/index";

/** What global set-up started, as every worker sees it. */
export interface Stage {
  url: string;
  dataDir: string;
  logFile: string;
  databaseUrl: string | null;
  practice: PracticeProvider[];
  application: PracticeApplication;
  /** Where the signed-in state of the owner is kept. */
  ownerState: string;
  /** Where specs note the secrets they typed. */
  plantedFile: string;
}

const VARIABLE = "GATEHOUSE_E2E_STAGE";

export const announceStage = (stage: Stage): void => {
  process.env[VARIABLE] = JSON.stringify(stage);
};

export const stage = (): Stage => JSON.parse(process.env[VARIABLE] ?? "null");

export const readLog = (): string => readFileSync(stage().logFile, "utf8");

/** Log of the gates that ran as processes of their own. */
export const gateLogFile = (): string => `${stage().logFile}.gate`;

/** A practice provider by its id. */
export function provider(id: PracticeProvider["id"]): PracticeProvider {
  const found = stage().practice.find((one) => one.id === id);
  if (!found) throw new Error(`no practice provider ${id}`);
  return found;
}

/** The owner that the first-run spec makes. */
export const owner = {
  name: "Ada Lovelace",
  email: "ada@example.com",
  password: "seven lanterns over a quiet harbour",
} as const;
