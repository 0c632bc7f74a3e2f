import { expect, it } from "vitest";
import type { RealProxy } from "./testing-launch";
import { ORIGIN, type Trial } from "./testing-trial";

/** Browsers take any 2xx that is not a redirect (Fetch §4.8). */
const preflight = (origin: string, method: string, headers = "x-own"): string[] => [
  `Origin: ${origin}`,
  `Access-Control-Request-Method: ${method}`,
  `Access-Control-Request-Headers: ${headers}`,
];

/** CORS: what the gate answers itself comes to the browser, and what it refuses to nobody. */
export function preflightCases(proxy: RealProxy, trial: Trial): void {
  const ask = (lines: readonly string[], more: readonly string[] = [], method = "OPTIONS") =>
    trial.raw([`${method} /api?x=1 HTTP/1.1`, `Host: ${trial.at("cors")}`, ...lines, ...more]);

  it("a preflight that the gate answers reaches the browser, and not the application", async () => {
    const before = trial.received.length;
    const answer = await ask(preflight(ORIGIN, "PUT"));
    expect(trial.received.length).toBe(before);
    // Traefik takes any 2xx for a yes: its configuration says what to do instead.
    if (proxy === "traefik") return expect(answer.status).toBe(403);
    expect(answer).toMatchObject({ status: 204, body: "" });
    expect(answer.headers).toMatchObject({
      "access-control-allow-origin": [ORIGIN],
      "access-control-allow-methods": ["PUT"],
      "access-control-allow-headers": ["x-own"],
      "access-control-allow-credentials": ["true"],
      "access-control-max-age": ["600"],
      vary: [expect.stringContaining("Origin")],
    });
  });

  it.each<[string, string[], string[]?, string?]>([
    ["of another origin", preflight("https://evil.example", "PUT")],
    ["for a method that is not among those named", preflight(ORIGIN, "DELETE")],
    ["for a header that is not among those named", preflight(ORIGIN, "PUT", "x-own, x-other")],
    ["that is none, but a request", preflight(ORIGIN, "PUT"), [], "POST"],
    ["that says what only the gate says", ["X-Gate-Preflight: 204", "X-Gate-Problem: none"]],
    [
      "that only claims the method",
      preflight(ORIGIN, "PUT"),
      ["X-Forwarded-Method: OPTIONS"],
      "GET",
    ],
  ])("a preflight %s is refused, and reaches nothing", async (_what, lines, more, method) => {
    const before = trial.received.length;
    expect((await ask(lines, more, method)).status).toBe(401);
    expect(trial.received.length).toBe(before);
  });
}
