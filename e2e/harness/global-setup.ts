import { rmSync } from "node:fs";
import { startGatehouse } from "./gatehouse";
import { announceStage } from "./stage";

export default async function globalSetup(): Promise<() => Promise<void>> {
  const gatehouse = await startGatehouse("e2e");
  const { url, dataDir, logFile, practice, databaseUrl } = gatehouse;
  const ownerState = `${dataDir}.owner.json`;
  const plantedFile = `${dataDir}.planted.txt`;
  announceStage({ url, dataDir, logFile, practice, databaseUrl, ownerState, plantedFile });
  return async () => {
    await gatehouse.stop();
    rmSync(ownerState, { force: true });
    rmSync(plantedFile, { force: true });
    if (!process.env.GATEHOUSE_E2E_KEEP_LOG) rmSync(logFile, { force: true });
  };
}
