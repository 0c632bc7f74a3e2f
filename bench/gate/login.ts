import { setTimeout as sleep } from "node:timers/promises";
import { desc } from "drizzle-orm";
import { database } from "@/db/client";
import { logins } from "@/db/schema/logins";
import { firstOwner } from "@/lib/admins/testing";
import { addLoginMethod } from "@/lib/login-methods/store";
import type { TraceStep } from "@/lib/oidc/schema";
import { signInAt } from "@/practice/sign-in";
import { startPracticeProcess } from "../practice";
import { type Measurement, median } from "../report";
import { cpuSeconds, startBare } from "../server";
import { type Answer, once } from "./load";
import { GATE_PATH, openWorld, question } from "./world";

const ROUNDS = 30;
/** Until every gate has read what was committed. */
const HEARD_MS = 1_000;

/** A browser as far as this needs one: it keeps cookies by host, and times each answer. */
class Visitor {
  ms = 0;
  readonly #jars = new Map<string, Map<string, string>>();

  /** By `path`, the application's proxy asks the gate; without one, it is a page of Gatehouse's. */
  async open(gate: string, url: string, path?: string): Promise<Answer> {
    const { host, pathname, search } = new URL(url);
    const jar = this.#jars.get(host) ?? new Map<string, string>();
    this.#jars.set(host, jar);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = path
      ? question(host, cookie)
      : { "X-Forwarded-Host": host, ...(cookie && { Cookie: cookie }) };
    const answer = await once(gate + (path ?? pathname + search), headers);
    this.ms += answer.ms;
    for (const line of answer.cookies) {
      const [name = "", value = ""] = (line.split(";", 1)[0] ?? "").split(/=(.*)/s);
      jar.set(name, value);
    }
    return answer;
  }
}

async function addMethod(fields: Record<string, string>): Promise<string> {
  const document = await (await fetch(fields.discovery_url ?? "")).json();
  const { id } = await addLoginMethod(await firstOwner(), {
    kind: "oidc",
    values: {
      name: "Practice",
      config: {
        client_id: fields.client_id,
        client_secret: fields.client_secret,
        auth_url: document.authorization_endpoint,
        token_url: document.token_endpoint,
        certs_url: document.jwks_uri,
        issuer: document.issuer,
        pkce_enabled: true,
        claims: ["groups"],
      },
    },
  });
  return id;
}

/** What the provider took of the newest login. */
async function providerMs(): Promise<number> {
  const db = await database();
  const [row] = await db.select().from(logins).orderBy(desc(logins.createdAt)).limit(1);
  if (row?.status !== "passed") throw new Error(`the login ${row?.status}`);
  const { steps } = row.outcome as { steps: TraceStep[] };
  return steps.flatMap(({ exchanges }) => exchanges).reduce((sum, { ms }) => sum + ms, 0);
}

/** One login from the first request to the application to the one that is let in. */
async function signIn(gate: string, host: string, methodId: string) {
  const visitor = new Visitor();
  const page = `http://${host}/notes`;
  const denied = await visitor.open(gate, page, GATE_PATH);
  const login = await visitor.open(gate, denied.location);
  const link = [...login.body.matchAll(/href="([^"]+)"/g)]
    .map(([, href = ""]) => href.replaceAll("&amp;", "&"))
    .find((href) => href.includes(methodId));
  const away = link
    ? await visitor.open(gate, new URL(link, denied.location).href)
    : { location: login.location };
  const back = await visitor.open(gate, await signInAt(away.location, "ada"));
  await visitor.open(gate, back.location);
  const provider = await providerMs();
  const own = { total: visitor.ms - provider, callback: back.ms - provider, provider };
  const entered = await visitor.open(gate, page, GATE_PATH);
  if (entered.status !== 200) throw new Error("the login did not lead into the application");
  return own;
}

/** Time of a login without the provider's own: the gate, login page, callback and the way back. */
export async function login(): Promise<Measurement[]> {
  const world = await openWorld();
  const team = new URL(world.team).origin;
  const practice = await startPracticeProcess(team);
  const generic = practice.providers.find(({ id }) => id === "generic");
  const bare = await startBare();
  const gate = await world.startGate();
  const rounds: Awaited<ReturnType<typeof signIn>>[] = [];
  try {
    const methodId = await addMethod(generic?.fields ?? {});
    await sleep(HEARD_MS);
    // The first loads and compiles what a login needs.
    await signIn(gate.url, world.host, methodId);
    const before = cpuSeconds(gate.pid);
    for (let round = 0; round < ROUNDS; round += 1) {
      rounds.push(await signIn(gate.url, world.host, methodId));
    }
    const ownCpu = ((cpuSeconds(gate.pid) - before) * 1000) / ROUNDS;
    const of = (kind: "total" | "callback" | "provider") =>
      median(rounds.map((round) => round[kind]));
    const answers: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) answers.push((await once(bare.url, {})).ms);
    return [
      {
        what: `a whole login, five answers, median of ${ROUNDS}`,
        value: of("total"),
        unit: "ms",
        reference: { what: "the provider's own answers", value: of("provider") },
        budget: 50,
      },
      {
        what: "processor time of the gate for it, mean",
        value: ownCpu,
        unit: "ms",
      },
      {
        what: "its callback: tokens verified, policies judged, session made",
        value: of("callback"),
        unit: "ms",
        reference: { what: "bare node:http, one answer", value: median(answers) },
      },
    ];
  } finally {
    await gate.stop();
    await bare.stop();
    await practice.stop();
    await world.stop();
  }
}
