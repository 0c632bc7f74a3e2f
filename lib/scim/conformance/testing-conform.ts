import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { useTestDatabase } from "@/db/testing";
import { firstOwner } from "@/lib/admins/testing";
import { CONSOLE } from "@/lib/http/testing-journey";
import { scimClientOf } from "@/lib/http/testing-scim";
import { ask, type Served, serveHere } from "@/lib/http/testing-served";
import type { Owner } from "@/lib/kit/actor";
import type { Profile, Send, Step } from "../simulated-client/schema";
import { Simulation } from "../simulated-client/simulation";

export interface Endpoint {
  owner: Owner;
  port: number;
  loginMethodId: string;
  secret: string;
  /** Sends to the endpoint of the file over HTTP, with its secret. */
  send: Send;
}

/** A login method whose SCIM is on, served over HTTP. Filled in before the first test of the file. */
export function useScimEndpoint(): Endpoint {
  vi.stubEnv("GATEHOUSE_URL", CONSOLE);
  useTestDatabase();
  const endpoint = {} as Endpoint;
  let served: Served;
  beforeAll(async () => {
    served = await serveHere();
    const owner = await firstOwner();
    const { loginMethodId, secret } = await scimClientOf(owner);
    Object.assign(endpoint, {
      owner,
      port: served.port,
      loginMethodId,
      secret,
      send: (request) =>
        ask(served.port, {
          ...request,
          path: `/scim/v2/${loginMethodId}${request.path}`,
          headers: { authorization: `Bearer ${secret}`, ...request.headers },
        }),
    } satisfies Endpoint);
  });
  afterAll(() => served.stop());
  return endpoint;
}

let run = 0;

/** A test for each step, in their order, as one client would send them. */
function steps(title: string, profile: Profile, { send }: { send: Send }): void {
  describe(title, () => {
    run += 1;
    const simulation = new Simulation(profile, send, `run${run}`);
    it.each(profile.steps.map((step) => [step.title, step.expected, step] as const))(
      "%s: %s",
      async (_title, _expected, step) => {
        const { outcome, found, request, answer } = await simulation.take(step);
        expect(outcome, `${found}\n${JSON.stringify({ request, answer }, null, 1)}`).toBe("passed");
      },
    );
  });
}

/**
 * The conformance suite of a provider: its simulated client step by step, then what else its public
 * documentation says that it sends.
 */
export function conform(
  endpoint: Endpoint,
  profile: Profile,
  more: Readonly<Record<string, readonly Step[]>>,
): void {
  const send: Send = (request) => endpoint.send(request);
  if (profile.steps.length > 0)
    steps(`${profile.name}: the whole life of a person`, profile, { send });
  for (const [title, list] of Object.entries(more)) {
    steps(`${profile.name}: ${title}`, { ...profile, steps: list }, { send });
  }
}
