import { execFile, spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { median } from "../report";
import { cpuSeconds } from "../server";

export interface Load {
  url: string;
  headers?: Readonly<Record<string, string>>;
  /** One after another in place of one and the same: cookies of the requests, over and over. */
  cookies?: readonly string[];
  /** What every answer must have, or nothing was measured. */
  status: number;
  seconds?: number;
  /** The process that answers: its own processor time is then told too. */
  pid?: number;
}

export interface Result {
  /** Requests per second. */
  rate: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  /** Requests per second of the answering process's own processor time, whatever else the machine did; NaN without `pid`. */
  perCpu: number;
}

const CONNECTIONS = 16;
const SECONDS = 4;

const hasWrk = spawnSync("wrk", ["-v"]).error === undefined;
/** What offers the load: said in the report, for a client in Node slows down what it measures. */
export const CLIENT = hasWrk ? "wrk" : "a client in Node (install wrk for the real rates)";

const MS: Record<string, number> = { us: 0.001, ms: 1, s: 1000 };

function milliseconds(report: string, percent: string): number {
  const [, value, unit = ""] = new RegExp(`${percent}%\\s+([\\d.]+)(us|ms|s)`).exec(report) ?? [];
  return Number(value) * (MS[unit] ?? Number.NaN);
}

/** wrk has one set of headers; this gives it a cookie for each request. */
const script = (file: string, path: string): string => `
local cookies, at = {}, 0
for line in io.lines("${file}") do cookies[#cookies + 1] = line end
request = function()
  at = at % #cookies + 1
  wrk.headers["Cookie"] = cookies[at]
  return wrk.format("GET", "${path}")
end
`;

async function byWrk({ url, headers = {}, cookies, seconds = SECONDS }: Load): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "gatehouse-bench-"));
  const args = ["-t1", `-c${CONNECTIONS}`, `-d${seconds}s`, "--latency"];
  for (const [name, value] of Object.entries(headers)) args.push("-H", `${name}: ${value}`);
  try {
    if (cookies) {
      const { pathname, search } = new URL(url);
      await writeFile(join(folder, "cookies"), cookies.join("\n"));
      await writeFile(join(folder, "load.lua"), script(join(folder, "cookies"), pathname + search));
      args.push("-s", join(folder, "load.lua"));
    }
    return (await promisify(execFile)("wrk", [...args, url])).stdout;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export interface Answer {
  status: number;
  ms: number;
  location: string;
  cookies: readonly string[];
  body: string;
}

/** One request, and how many milliseconds it took. */
export function once(
  url: string,
  headers: Readonly<Record<string, string>>,
  agent?: Agent,
): Promise<Answer> {
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const sent = request(url, { headers, agent }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("end", () =>
        resolve({
          status: answer.statusCode ?? 0,
          ms: performance.now() - began,
          location: answer.headers.location ?? "",
          cookies: answer.headers["set-cookie"] ?? [],
          body: Buffer.concat(chunks).toString("utf8"),
        }),
      );
    });
    sent.on("error", reject);
    sent.end();
  });
}

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

type Counted = Omit<Result, "perCpu"> & { count: number };

function resultOf(times: number[], seconds: number): Counted {
  const sorted = times.sort((a, b) => a - b);
  const count = times.length;
  return { count, rate: count / seconds, p50: at(sorted, 0.5), p99: at(sorted, 0.99) };
}

async function byNode(load: Load): Promise<Counted> {
  const { url, headers = {}, cookies, status, seconds = SECONDS } = load;
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const times: number[] = [];
  const end = performance.now() + seconds * 1000;
  let sent = 0;
  const work = async () => {
    while (performance.now() < end) {
      const cookie = cookies?.[sent++ % cookies.length];
      const answer = await once(url, { ...headers, ...(cookie && { cookie }) }, agent);
      if (answer.status !== status) throw new Error(`${url} answered ${answer.status}`);
      times.push(answer.ms);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, work));
  agent.destroy();
  return resultOf(times, seconds);
}

/** As many requests as are answered by a number of connections. Throws where the answer is not `status`. */
export async function load(wanted: Load): Promise<Result> {
  const { url, headers = {}, cookies, status, pid = 0 } = wanted;
  const first = await once(url, { ...headers, ...(cookies?.[0] && { cookie: cookies[0] }) });
  if (first.status !== status) throw new Error(`${url} answered ${first.status}, not ${status}`);
  const before = cpuSeconds(pid);
  const { count, ...result } = hasWrk ? await counted(wanted) : await byNode(wanted);
  return { ...result, perCpu: count / (cpuSeconds(pid) - before) };
}

async function counted(wanted: Load): Promise<Counted> {
  const { url, status } = wanted;
  const report = await byWrk(wanted);
  const wrong = Number(/Non-2xx or 3xx responses: (\d+)/.exec(report)?.[1] ?? 0);
  if (status < 400 && wrong > 0) throw new Error(`${url}: ${wrong} answers were not ${status}`);
  return {
    count: Number(/(\d+) requests in/.exec(report)?.[1]),
    rate: Number(/Requests\/sec:\s+([\d.]+)/.exec(report)?.[1]),
    p50: milliseconds(report, "50"),
    p99: milliseconds(report, "99"),
  };
}

const MEGABYTES = 64 * 1024 * 1024;

/** So many requests per second whether or not they are answered: how long an answer takes then. */
export async function paced(
  { url, headers = {}, status, seconds = SECONDS }: Load,
  rate: number,
): Promise<Counted> {
  const client = join(import.meta.dirname, "paced-client.mjs");
  const args = [client, url, rate, seconds, status, JSON.stringify(headers)].map(String);
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: MEGABYTES });
  return resultOf(JSON.parse(stdout), seconds);
}

/**
 * Measures each in turn, over and over, and takes the medians: a machine that is faster at one time than
 * at another is so for all of them.
 */
export async function inTurns<Name extends string, Value extends object>(
  rounds: number,
  measures: Record<Name, () => Promise<Value>>,
): Promise<Record<Name, Value>> {
  const results: Record<string, Value[]> = {};
  for (let round = 0; round < rounds; round += 1) {
    for (const name of Object.keys(measures) as Name[]) {
      results[name] = [...(results[name] ?? []), await measures[name]()];
    }
  }
  const medians = Object.entries(results).map(([name, all]) => [name, medianOf(all)]);
  return Object.fromEntries(medians);
}

const medianOf = (all: readonly object[]) =>
  Object.fromEntries(
    Object.keys(all[0] ?? {}).map((field) => [
      field,
      median(all.map((one) => Number(one[field as keyof typeof one]))),
    ]),
  );
