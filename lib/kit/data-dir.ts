import path from "node:path";
import { env } from "./env";
import { barrierOnTheWay, serviceAccount } from "./service-account";

const FOR_ROOT = "/var/lib/gatehouse";

/**
 * The directory that holds the embedded database and the generated secret, as an absolute path:
 * DATA_DIR, else `./data`. PostgreSQL never runs as root, so a root process whose `./data` lies
 * where PostgreSQL's account could not enter (below a 0700 home, say) uses /var/lib/gatehouse.
 */
export function dataDir(
  set: string | null = env().dataDir,
  cwd: string = process.cwd(),
  isRoot: boolean = process.getuid?.() === 0,
): string {
  if (set) return path.resolve(cwd, set);
  const account = isRoot ? serviceAccount() : null;
  return account && barrierOnTheWay(cwd, account) ? FOR_ROOT : path.join(cwd, "data");
}
