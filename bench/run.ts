import { cpus } from "node:os";
import { pages } from "./pages";
import { type Measurement, print, table } from "./report";
import { memory, startUp } from "./start-up";
import { testEngine } from "./test-engine";

const benches: Record<string, { title: string; measure: () => Promise<Measurement[]> }> = {
  "start-up": { title: "Start-up", measure: startUp },
  memory: { title: "Resident memory, without PostgreSQL's own", measure: memory },
  pages: { title: "Page weight, gzip over the wire, empty cache", measure: pages },
  "test-engine": { title: "The Test engine's own time", measure: testEngine },
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in benches));
if (unknown.length > 0) {
  print(`Unknown: ${unknown.join(", ")}. There are: ${Object.keys(benches).join(", ")}.`);
  process.exit(2);
}
print(
  `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, ${new Date().toISOString()}`,
);
for (const [name, { title, measure }] of Object.entries(benches)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  print(table(title, await measure()));
}
