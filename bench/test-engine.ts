import { monitorEventLoopDelay, performance } from "node:perf_hooks";
import { connectorFor } from "@/lib/connectors";
import { complete, prepare } from "@/lib/oidc/round-trip";
import type { TraceStep } from "@/lib/oidc/schema";
import { startPracticeProcess } from "./practice";
import { type Measurement, median } from "./report";

const ROUNDS = 30;
const CONSOLE_URL = "http://localhost:9";
const REDIRECT_URI = `${CONSOLE_URL}/cdn-cgi/access/callback`;

/** A browser small enough for one sign-in: cookies and redirects, nothing else. */
class Visitor {
  private readonly cookies = new Map<string, string>();

  async visit(url: string, form?: Record<string, string>): Promise<Response> {
    const answer = await fetch(url, {
      redirect: "manual",
      headers: { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ") },
      ...(form && { method: "POST", body: new URLSearchParams(form) }),
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [name = "", value = ""] = (cookie.split(";", 1)[0] ?? "").split(/=(.*)/s);
      this.cookies.set(name, value);
    }
    return answer;
  }

  /** From the authorize URL to the callback: follows redirects, and signs in at the first form. */
  async signIn(authorizeUrl: string): Promise<URLSearchParams> {
    let url = authorizeUrl;
    let form: Record<string, string> | undefined;
    for (let hop = 0; hop < 12; hop += 1) {
      const answer = await this.visit(url, form);
      form = undefined;
      const location = answer.headers.get("location");
      if (location) url = new URL(location, url).href;
      else if (answer.ok) form = { username: "ada", password: "practice" };
      else throw new Error(`the provider answered ${answer.status} at ${url}`);
      if (url.startsWith(REDIRECT_URI)) return new URL(url).searchParams;
    }
    throw new Error("the provider never came back");
  }
}

const providerMs = (steps: readonly TraceStep[]): number =>
  steps.flatMap(({ exchanges }) => exchanges).reduce((sum, { ms }) => sum + ms, 0);

/** A round trip with the real engine: all of its time, less what the provider took to answer. */
export async function testEngine(): Promise<Measurement[]> {
  const practice = await startPracticeProcess(CONSOLE_URL);
  const generic = practice.providers.find(({ id }) => id === "generic");
  const base = generic?.hostPort ?? "";
  const connector = connectorFor("oidc");
  const fields = generic?.fields ?? {};
  const document = await (await fetch(fields.discovery_url ?? "")).json();
  const connection = connector.open(
    {
      client_id: fields.client_id,
      client_secret: fields.client_secret,
      auth_url: document.authorization_endpoint,
      token_url: document.token_endpoint,
      certs_url: document.jwks_uri,
      userinfo_url: document.userinfo_endpoint,
      pkce_enabled: true,
      claims: ["groups"],
    },
    null,
  );
  // Samples every millisecond; what it counts beyond that is time in which nothing else could run.
  const loop = monitorEventLoopDelay({ resolution: 1 });
  const own: number[] = [];
  const theirs: number[] = [];
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      const attempt = {
        state: crypto.randomUUID(),
        nonce: crypto.randomUUID(),
        codeVerifier: `${crypto.randomUUID()}${crypto.randomUUID()}`,
        redirectUri: REDIRECT_URI,
      };
      const context = { steps: [], advice: connector.advice };
      const policy = { allow: [base] };
      // The first round trip loads and compiles the code.
      if (round === 1) loop.enable();
      const begun = performance.now();
      const prepared = await prepare(connection, policy, attempt, context);
      const preparing = performance.now() - begun;
      if (!prepared.url) throw new Error(prepared.diagnosis?.title);
      const query = await new Visitor().signIn(prepared.url);
      const returned = performance.now();
      const outcome = await complete(connection, policy, attempt, query, {
        ...context,
        steps: prepared.steps,
      });
      const completing = performance.now() - returned;
      if (outcome.status === "failed") throw new Error(outcome.diagnosis?.title);
      const provider = providerMs(outcome.steps);
      theirs.push(provider);
      own.push(preparing + completing - provider);
    }
  } finally {
    loop.disable();
    await practice.stop();
  }
  const reference = { what: "the provider's own answers", value: median(theirs) };
  const [first = 0, ...later] = own;
  const rows = [
    { what: `median of ${ROUNDS} round trips`, value: median(own) },
    { what: "the first one, nothing loaded yet", value: first },
    { what: "the slowest after it", value: Math.max(...later) },
  ];
  return [
    ...rows.map((row) => ({ ...row, unit: "ms" as const, reference, budget: 50 })),
    {
      what: "longest stop of the event loop after it",
      value: loop.max / 1e6,
      unit: "ms" as const,
      reference: { what: "its usual delay", value: loop.percentile(50) / 1e6 },
      budget: 20,
    },
  ];
}
