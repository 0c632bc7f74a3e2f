import { expect, it } from "vitest";
import type { Received } from "./testing-proxies";
import { headersNamed, type Trial } from "./testing-trial";

/** Every spelling of an identity header that some application may take for it. */
export const IDENTITY = /^cf[-_]access[-_](jwt[-_]assertion|authenticated[-_]user[-_]email)$/i;

/** Who the application is told it is, without empty values, which some proxies leave out. */
export const identityOf = (got: Received): Record<string, string> => {
  const told = headersNamed(got, IDENTITY).filter(([, value]) => value !== "");
  return Object.fromEntries(told.map(([name, value]) => [name.toLowerCase(), value]));
};

export const adaOf = ({ token }: Trial): Record<string, string> => ({
  "cf-access-jwt-assertion": token,
  "cf-access-authenticated-user-email": "ada@example.com",
});

const FORGED = [
  "Cf-Access-Authenticated-User-Email: evil@example.com",
  "cf-access-authenticated-user-email: evil@example.com",
  "CF-ACCESS-JWT-ASSERTION: evil",
  "X-Forwarded-Email: evil@example.com",
];
const ALIASES = [
  "Cf_Access_Authenticated_User_Email: evil@example.com",
  "Cf-Access_Jwt-Assertion: evil",
];
/** RFC 9110 §7.6.1: a proxy takes out what the sender names here. */
const NAMING = [
  "Connection: Cf-Access-Jwt-Assertion, close",
  "connection: close, CF-ACCESS-JWT-ASSERTION,cf-access-authenticated-user-email",
];

/** Rows 2 and 3: the gate alone says who somebody is, and its word arrives. */
export function identityCases(trial: Trial): void {
  const { get } = trial;

  it.each<[string, string[]]>([
    ["that is forged", FORGED],
    ["that is forged under an alias, which Envoy refuses", [...FORGED, ...ALIASES]],
    ["that it names as headers of the connection", NAMING],
    ["that is forged and named as such", [...FORGED, NAMING[1] ?? ""]],
  ])(
    "an identity of the client's own %s reaches no application, and the gate's does",
    async (_, lines) => {
      const before = trial.received.length;
      expect([400, 401]).toContain((await get("/", lines)).status);
      expect(trial.received.length).toBe(before);
      const known = await get("/", [...lines, trial.cookie()]);
      // What is open to everybody is told that nobody is known.
      const open = await get("/open", lines, trial.at("paths"));
      const delivered = trial.received.slice(before).map(identityOf);
      expect(delivered).toEqual(known.status === 400 ? [] : [adaOf(trial), {}]);
      expect(open.status).toBe(known.status);
      // Nor does the next proxy on the way to the application take it out.
      const named = trial.received
        .slice(before)
        .flatMap((got) => headersNamed(got, /^connection$/i));
      expect(named.join("\n")).not.toMatch(/cf-access/i);
    },
  );

  it("no way to ask is let through for what it is (row 6, magic requests)", async () => {
    const before = trial.received.length;
    for (const agent of ["GoogleHC/1.0", "kube-probe/1.31", "ELB-HealthChecker/2.0"]) {
      for (const path of ["/", "/ping", "/ready", "/healthz", "/.well-known/acme-challenge/x"]) {
        expect((await get(path, [`User-Agent: ${agent}`])).status).toBe(401);
      }
    }
    for (const method of ["HEAD", "OPTIONS", "TRACE", "PROPFIND", "CONNECT"]) {
      const { status } = await trial.raw([`${method} / HTTP/1.1`, `Host: ${trial.host}`]);
      expect([0, 400, 401, 405]).toContain(status);
    }
    expect(trial.received.length).toBe(before);
  });
}
