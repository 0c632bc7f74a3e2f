import { cpus } from "node:os";
import { decisions, scale } from "./gate/decisions";
import { login } from "./gate/login";
import { gateMemory } from "./gate/memory";
import { throughNginx } from "./gate/nginx";
import { peers } from "./gate/peers";
import { revocation } from "./gate/revocation";
import { pages } from "./pages";
import { type Measurement, print, table } from "./report";
import { lists } from "./scim/lists";
import { members } from "./scim/members";
import { clients, push } from "./scim/push";
import { memory, startUp } from "./start-up";
import { testEngine } from "./test-engine";

const benches: Record<string, { title: string; measure: () => Promise<Measurement[]> }> = {
  "start-up": { title: "Start-up", measure: startUp },
  memory: { title: "Resident memory, without PostgreSQL's own", measure: memory },
  pages: { title: "Page weight, gzip over the wire, empty cache", measure: pages },
  gate: { title: "Decisions of the gate, one process", measure: decisions },
  "gate-scale": {
    title:
      "The gate with applications and policies that do not match, per second of its own processor time",
    measure: scale,
  },
  "gate-nginx": { title: "An application behind nginx", measure: throughNginx },
  "gate-peers": {
    title: "The gate beside oauth2-proxy and Authelia, one processor each",
    measure: peers,
  },
  "gate-memory": { title: "Resident memory of the gate alone", measure: gateMemory },
  "gate-revocation": {
    title: "From a sign-out on one instance to the first refusal by another, 50 times",
    measure: revocation,
  },
  login: { title: "A login without the provider's own time", measure: login },
  "scim-members": { title: "SCIM: one member of a group", measure: members },
  "scim-push": { title: "SCIM: a first push", measure: push },
  "scim-clients": { title: "SCIM: many clients at once", measure: clients },
  "scim-lists": { title: "SCIM: filters and pages with 100,000 users", measure: lists },
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
