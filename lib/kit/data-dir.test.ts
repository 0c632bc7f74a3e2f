import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { dataDir } from "./data-dir";
import { barrierOnTheWay, serviceAccount } from "./service-account";

let open = "";
let closed = "";
beforeEach(() => {
  open = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "gatehouse-dir-")));
  fs.chmodSync(open, 0o755);
  closed = path.join(open, "closed");
  fs.mkdirSync(closed, { mode: 0o700 });
});
afterEach(() => {
  fs.rmSync(open, { recursive: true, force: true });
});

/** Someone who owns nothing here. */
const stranger = { uid: 4_000_001, gid: 4_000_001 };

describe("the data directory", () => {
  test("is DATA_DIR, relative to the working directory", () => {
    expect(dataDir("/srv/x", "/work", true)).toBe("/srv/x");
    expect(dataDir("x/y", "/work", true)).toBe("/work/x/y");
  });

  test("is ./data by default", () => {
    expect(dataDir(null, open, false)).toBe(path.join(open, "data"));
    expect(dataDir(null, closed, false)).toBe(path.join(closed, "data"));
  });

  test.runIf(serviceAccount())(
    "is elsewhere for root, where PostgreSQL could not enter ./data",
    () => {
      expect(dataDir(null, open, true)).toBe(path.join(open, "data"));
      expect(dataDir(null, closed, true)).toBe("/var/lib/gatehouse");
    },
  );
});

describe("the way to a directory", () => {
  test("is free through modes that let others pass, whether the end exists or not", () => {
    expect(barrierOnTheWay(open, stranger)).toBeNull();
    expect(barrierOnTheWay(path.join(open, "not", "yet"), stranger)).toBeNull();
  });

  test.each(["", "below", "below/not/yet"])(
    "is barred by a 0700 directory above it (%j)",
    (rest) => {
      fs.mkdirSync(path.join(closed, "below"));
      expect(barrierOnTheWay(path.join(closed, rest), stranger)).toBe(closed);
    },
  );

  test("is free for the owner and the group of that directory", () => {
    const { uid, gid } = fs.statSync(closed);
    expect(barrierOnTheWay(closed, { uid, gid: stranger.gid })).toBeNull();
    fs.chmodSync(closed, 0o710);
    expect(barrierOnTheWay(closed, { uid: stranger.uid, gid })).toBeNull();
  });

  test("is looked at behind symbolic links", () => {
    const link = path.join(open, "link");
    fs.symlinkSync(closed, link);
    expect(barrierOnTheWay(link, stranger)).toBe(closed);
  });
});

test("the service account is never root", () => {
  expect(serviceAccount(["root"])).toBeNull();
  expect(serviceAccount(["no-such-user"])).toBeNull();
});
