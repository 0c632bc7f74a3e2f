import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ownSocketDir, prepareSocketDir } from "./socket";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "gatehouse-socket-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const isRoot = process.getuid?.() === 0;
// Another than ours can only be given a directory by root.
const account = isRoot ? { uid: 65_534, gid: 65_534, name: "nobody" } : null;
const owner = isRoot ? 65_534 : process.getuid?.();

describe("the socket directory", () => {
  it("is made for the server's account", () => {
    prepareSocketDir({ root, account });
    expect(statSync(ownSocketDir(root))).toMatchObject({ uid: owner, mode: 0o40700 });
  });

  it("is taken as another start made it a moment ago, before it was given away", () => {
    mkdirSync(ownSocketDir(root), { mode: 0o700 });
    prepareSocketDir({ root, account });
    prepareSocketDir({ root, account });
    expect(statSync(ownSocketDir(root))).toMatchObject({ uid: owner, mode: 0o40700 });
  });

  it.each([
    ["open to others", () => chmodSync(mkdirIn(root), 0o755)],
    ["a link", () => symlinkSync(tmpdir(), ownSocketDir(root))],
  ])("is refused when it is %s", (_, make) => {
    make();
    expect(() => prepareSocketDir({ root, account })).toThrow("with mode 0700");
  });
});

function mkdirIn(parent: string): string {
  const dir = ownSocketDir(parent);
  mkdirSync(dir);
  return dir;
}
