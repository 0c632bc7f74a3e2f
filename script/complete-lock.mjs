// Run after adding a package: `node script/complete-lock.mjs`.
// Where npm's registry is a mirror that holds only some platforms, `npm install` leaves the optional
// packages of the others out of package-lock.json, and `npm ci` then refuses the file everywhere.
import { readFileSync, writeFileSync } from "node:fs";

const FILE = new URL("../package-lock.json", import.meta.url);
const SYSTEMS = ["android", "darwin", "linux", "win32", "freebsd", "openharmony"];
const CPUS = ["arm64", "x64", "arm", "ppc64", "riscv64", "s390x", "ia32", "wasm32"];

/** The platform that an optional package is for, told by its name: `@next/swc-darwin-arm64`. */
function platformOf(name) {
  const words = name.split("/").at(-1).split("-");
  const cpu = words.find((word) => CPUS.includes(word));
  if (!cpu)
    throw new Error(`${name} is missing from the lock file, and its name tells no platform`);
  const os = words.find((word) => SYSTEMS.includes(word));
  const libc = words.some((word) => word.startsWith("musl")) ? "musl" : "glibc";
  return { cpu: [cpu], ...(os === "linux" && { libc: [libc] }), ...(os && { os: [os] }) };
}

const lock = JSON.parse(readFileSync(FILE, "utf8"));
const { "": root, ...packages } = lock.packages;
const known = new Set(Object.keys(packages).map((path) => path.split("node_modules/").at(-1)));
const added = [];
for (const { optionalDependencies = {}, dev, engines } of Object.values(packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    if (known.has(name)) continue;
    if (!/^\d/.test(version))
      throw new Error(`${name} is missing, and ${version} names no version`);
    known.add(name);
    added.push(name);
    packages[`node_modules/${name}`] = {
      version,
      ...platformOf(name),
      ...(dev && { dev }),
      ...(engines && { engines }),
      optional: true,
    };
  }
}
const sorted = Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, "en"));
lock.packages = { "": root, ...Object.fromEntries(sorted) };
writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`);
process.stdout.write(`${added.length} packages added to package-lock.json\n`);
