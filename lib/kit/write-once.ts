import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";

/**
 * Writes a file (0600) that is whole or not there, and safe on the disk. Of several processes that
 * do this at once the first wins; the others leave its text as it is. Read the file afterwards.
 */
export function writeOnce(file: string, text: string): void {
  const half = `${file}.${process.pid}.${randomBytes(4).toString("hex")}`;
  try {
    fs.writeFileSync(half, text, { mode: 0o600, flush: true });
    fs.linkSync(half, file);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  } finally {
    fs.rmSync(half, { force: true });
  }
  const dir = fs.openSync(path.dirname(file), "r");
  try {
    fs.fsyncSync(dir);
  } finally {
    fs.closeSync(dir);
  }
}
