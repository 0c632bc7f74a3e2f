import { execFile } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { masterKey, open, seal, secretIn } from "./master-key";

let dir = "";
beforeEach(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), "gatehouse-key-"));
});
afterEach(() => {
  fs.rmSync(dir, { recursive: true, force: true });
});

describe("the generated secret", () => {
  test("is made once, for its owner alone, and stays", () => {
    const file = path.join(dir, "new", "secret");
    const secret = secretIn(file);
    expect(secret).toMatch(/^[\w-]{43}$/);
    expect(fs.statSync(file).mode & 0o777).toBe(0o600);
    expect(secretIn(file)).toBe(secret);
    expect(fs.readdirSync(path.dirname(file))).toEqual(["secret"]);
  });

  test("is the same in processes that start at once", async () => {
    const file = path.join(dir, "secret");
    const script = `
      const { writeOnce } = await import(${JSON.stringify(path.resolve("lib/kit/write-once.ts"))});
      const fs = await import("node:fs");
      writeOnce(process.argv[1], String(process.pid).padStart(40, "x"));
      console.log(fs.readFileSync(process.argv[1], "utf8"));`;
    const run = promisify(execFile);
    const told = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const args = ["--import", "tsx", "--input-type=module", "-e", script, file];
        return (await run(process.execPath, args)).stdout;
      }),
    );
    expect(new Set(told).size).toBe(1);
    expect(fs.readdirSync(dir)).toEqual(["secret"]);
  });

  test.each(["", "short", "a".repeat(31)])("is refused when the file holds %j", (text) => {
    const file = path.join(dir, "secret");
    fs.writeFileSync(file, text);
    expect(() => secretIn(file)).toThrow(
      expect.objectContaining({
        code: "unavailable",
        message: expect.stringContaining(`holds only ${text.length} characters`),
        fix: expect.stringContaining("Do not remove it"),
      }),
    );
    expect(fs.readFileSync(file, "utf8")).toBe(text);
  });

  test("that cannot be read says where it is and why", () => {
    const file = path.join(dir, "secret");
    fs.mkdirSync(file);
    expect(() => secretIn(file)).toThrow(
      expect.objectContaining({
        message: `The secret of this installation cannot be read from ${file} (EISDIR).`,
        fix: expect.stringContaining("GATEHOUSE_SECRET"),
      }),
    );
  });
});

describe("sealing", () => {
  test("GATEHOUSE_SECRET is the master key where it is set", () => {
    expect(masterKey()).toBe(process.env.GATEHOUSE_SECRET);
  });

  test("a sealed secret opens under its own context only", () => {
    const sealed = seal("hunter2", "login_method:1:client_secret");
    expect(sealed).not.toContain("hunter2");
    expect(open(sealed, "login_method:1:client_secret")).toBe("hunter2");
    expect(() => open(sealed, "login_method:2:client_secret")).toThrow(/cannot be opened/);
  });
});
