import { rename, writeFile } from "node:fs/promises";
import { readEnv } from "@/lib/kit/env";
import { type PracticeApplication, startApplication } from "./application";
import { labelled, typeOf } from "./entry";
import { PORTS, type PracticeProvider, startPractice } from "./index";

/** The providers', and behind them the application's. */
const ALL_PORTS = PORTS + 1;

const say = (line: string) => process.stdout.write(`${line}\n`);

function portFrom(value: string | undefined): number {
  const port = Number(value || 4400);
  const last = 65_536 - ALL_PORTS;
  if (Number.isInteger(port) && port >= 0 && port <= last) return port;
  throw new Error(
    `PRACTICE_PORT holds ${JSON.stringify(value)}; it should hold a number from 1 to ${last}, the first of ${ALL_PORTS} ports.`,
  );
}

/** The callback URL of the installation with these settings; `{team}` stays where the domain has it. */
function callbackUrl(): string {
  const { url, authDomain } = readEnv();
  return `${new URL(url).protocol}//${authDomain}/cdn-cgi/access/callback`;
}

async function publish(
  file: string,
  providers: readonly PracticeProvider[],
  { host, url }: PracticeApplication,
): Promise<void> {
  const draft = `${file}.${process.pid}.tmp`;
  const text = JSON.stringify({ providers, application: { host, url } }, null, 2);
  await writeFile(draft, text, { mode: 0o600 });
  await rename(draft, file);
}

function print(
  providers: readonly PracticeProvider[],
  application: PracticeApplication,
  redirectUri: string,
): void {
  const [first] = providers;
  const home = `http://${first?.hostPort}/`;
  say("Practice providers");
  for (const provider of providers) {
    say(`  ${provider.label}: add it as ${typeOf(provider)}`);
    for (const [label, value] of labelled(provider.fields)) say(`    ${label.padEnd(25)}${value}`);
  }
  say(
    `  Users: ${first?.users.map(({ login }) => login).join(", ")}. Password: ${first?.users[0]?.password}`,
  );
  say(`  They send people back to ${redirectUri}`);
  say(`  All values, and clients that misbehave: ${home}`);
  say(`Practice application: ${application.url}`);
  say(`  Add it under Access > Applications, public hostname ${application.host}`);
}

function explain(error: unknown): string {
  const { code, message, port } = error as NodeJS.ErrnoException & { port?: number };
  return code === "EADDRINUSE"
    ? `Port ${port} is taken. Set PRACTICE_PORT to the first of ${ALL_PORTS} free ports, such as 5400.`
    : message;
}

async function main(): Promise<void> {
  // oidc-provider needs crypto.hash, which came with Node 20.12.
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major === 20 && minor < 12)
    throw new Error("The practice providers need Node 20.12 or newer.");

  const redirectUri = callbackUrl();
  const port = portFrom(process.env.PRACTICE_PORT);
  const practice = await startPractice({ port, redirectUris: [redirectUri] });
  const application = await startApplication(
    port === 0 ? 0 : port + PORTS,
    `http://127.0.0.1:${readEnv().port}`,
  );
  const file = process.env.GATEHOUSE_PRACTICE;
  if (file) await publish(file, practice.providers, application);
  print(practice.providers, application, redirectUri);

  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      void Promise.all([practice.stop(), application.stop()]).then(() => process.exit(0));
    });
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`The practice providers did not start: ${explain(error)}\n`);
  process.exit(1);
});
