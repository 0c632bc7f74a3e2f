/**
 * A process of its own for the tests: `testing-writer.ts <data dir>` opens the embedded database as
 * Gatehouse does, writes rows, and says `ack <key>` after each commit. SIGTERM ends it, and it says
 * how its supervisor ended. The lines are written at once, so that a kill loses none.
 */
import fs from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { isAppError } from "@/lib/kit/errors";
import { migrateUp } from "../migrate";
import { openPool } from "../pool";
import { EmbeddedPostgres } from "./supervisor";

const say = (line: string) => fs.writeSync(1, `${line}\n`);
const server = new EmbeddedPostgres({
  dataDir: String(process.argv[2]),
  pgBinDir: process.env.PG_BIN_DIR ?? null,
});

let going = true;
process.once("SIGTERM", () => {
  going = false;
});

const access = await server.start().catch((error: unknown) => {
  if (isAppError(error)) say(`failed: ${error.message} ${error.fix ?? ""}`);
  throw error;
});
await migrateUp(access);
const { db, close } = openPool(access);
say("ready");
for (let i = 0; going; i++) {
  const key = `${process.pid}-${i}`;
  try {
    await db.execute(
      sql`insert into sign_in_throttle (key, failures, first_failure_at) values (${key}, ${i}, now())`,
    );
    say(`ack ${key}`);
  } catch {
    say("refused");
    await sleep(20);
  }
}
await close();
say(await server.stop());
