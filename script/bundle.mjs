// Bundles what runs outside Next: the front door, the gate alone and the practice providers. Packages stay outside.
import { build } from "esbuild";

/** `server-only` throws in plain Node; in these bundles its guard has no meaning. */
const serverOnly = {
  name: "server-only",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^server-only$/ }, ({ path }) => ({ path, namespace: "empty" }));
    onLoad({ filter: /.*/, namespace: "empty" }, () => ({ contents: "" }));
  },
};

const options = {
  outdir: "dist",
  outExtension: { ".js": ".mjs" },
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  packages: "external",
  plugins: [serverOnly],
  sourcemap: true,
  logLevel: "warning",
};

await Promise.all([
  build({ ...options, entryPoints: { server: "server.ts", practice: "practice/main.ts" } }),
  // What it loads later is a file of its own, so that `gate.ts` can come before it.
  build({ ...options, entryPoints: { gate: "gate.ts" }, splitting: true, chunkNames: "[name]" }),
]);
