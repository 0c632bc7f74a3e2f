import { rmSync } from "node:fs";
import { startGatehouse } from "./gatehouse";
import { announceStage } from "./stage";

export default async function globalSetup(): Promise<() => Promise<void>> {
  const gatehouse = await startGatehouse("e2e");
  const { stop: _stop, ...running } = gatehouse;
  const { dataDir, logFile } = running;
  const ownerState = `${dataDir}.owner.json`;
  const plantedFile = `${dataDir}.planted.txt`;
  announceStage({ ...running, ownerState, plantedFile });
  return async () => {
    await gatehouse.stop();
    rmSync(ownerState, { force: true });
    rmSync(plantedFile, { force: true });
    if (process.env.GATEHOUSE_E2E_KEEP_LOG) return;
    for (const file of [logFile, `${logFile}.gate`]) rmSync(file, { force: true });
  };
}
