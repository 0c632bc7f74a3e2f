import { spawn } from "node:child_process";
import { once as event } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, isInstalled, startProxy } from "@/lib/gate/real-proxies/testing-launch";
import type { Measurement } from "../report";
import { startBare } from "../server";
import { load } from "./load";
import { cookiesFor, insertSessions, openWorld } from "./world";

/** nginx in front of the same application, with the same settings, and nobody to ask. */
async function plainNginx(upstream: number): Promise<{ port: number; stop(): Promise<void> }> {
  const port = await freePort();
  const dir = await mkdtemp(join(tmpdir(), "gatehouse-bench-"));
  const file = join(dir, "nginx.conf");
  await writeFile(
    file,
    `daemon off; worker_processes 1; pid ${dir}/pid; error_log ${dir}/error.log warn;
events { worker_connections 512; }
http {
  access_log off; client_body_temp_path ${dir}/b; proxy_temp_path ${dir}/p; fastcgi_temp_path ${dir}/f; uwsgi_temp_path ${dir}/u; scgi_temp_path ${dir}/s;
  upstream app { server 127.0.0.1:${upstream}; keepalive 64; }
  server { listen ${port}; location / { proxy_pass http://app; proxy_http_version 1.1; proxy_set_header Connection ""; } }
}`,
  );
  const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` };
  const child = spawn("nginx", ["-c", file, "-p", dir], { env, stdio: "inherit" });
  while (!(await fetch(`http://127.0.0.1:${port}/`).catch(() => null))?.ok) {
    if (child.exitCode !== null) throw new Error("nginx did not start");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    port,
    async stop() {
      child.kill("SIGTERM");
      await event(child, "exit");
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** An application behind nginx, with the gate's configuration and without. */
export async function throughNginx(): Promise<Measurement[]> {
  if (!isInstalled("nginx")) return [];
  const port = await freePort();
  const world = await openWorld(`localhost:${port}`);
  const [cookie = ""] = await cookiesFor(world, await insertSessions(1));
  const bare = await startBare();
  const gate = await world.startGate();
  const plain = await plainNginx(bare.port);
  const guarded = await startProxy("nginx", {
    gatePort: Number(new URL(gate.url).port),
    upstreamPort: bare.port,
    port,
    destinations: [world.host],
  });
  try {
    const headers = { Cookie: cookie, Accept: "text/html" };
    const ask = async (at: number, status: number, sent: Record<string, string>) => {
      const url = `http://localhost:${at}/notes`;
      await load({ url, headers: sent, status, seconds: 1 });
      return load({ url, headers: sent, status });
    };
    const without = await ask(plain.port, 200, headers);
    const withGate = await ask(port, 200, headers);
    const signIn = await ask(port, 302, { Accept: "text/html" });
    const what = "nginx without the gate";
    return [
      {
        what: "nginx, a warm session",
        value: withGate.rate,
        unit: "req/s",
        reference: { what, value: without.rate },
      },
      {
        what: "nginx, a warm session: p50",
        value: withGate.p50,
        unit: "ms",
        reference: { what, value: without.p50 },
      },
      {
        what: "nginx, a warm session: p99",
        value: withGate.p99,
        unit: "ms",
        reference: { what, value: without.p99 },
      },
      {
        what: "nginx, nobody signed in",
        value: signIn.rate,
        unit: "req/s",
        reference: { what, value: without.rate },
      },
    ];
  } finally {
    await guarded.stop();
    await plain.stop();
    await gate.stop();
    await bare.stop();
    await world.stop();
  }
}
