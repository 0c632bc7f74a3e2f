import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { GateAnswer } from "../question";
import { answerForwardAuth, type GateDoor, handleForwardAuth } from "./handle";
import { FRONT_ENDS, type FrontEndId } from "./schema";

const HOST = "app.example.com";

const answer = (allowed: boolean, status: number, headers = {}, body?: string): GateAnswer => ({
  ...{ allowed, status, headers },
  ...(body !== undefined && { body }),
});
const signIn = { location: "https://team.example.com/x", "set-cookie": ["a=1", "b=2"] };

const ANSWERS: [string, () => GateAnswer | Promise<GateAnswer>][] = [
  ["lets it through", () => answer(true, 200, { "cf-access-jwt-assertion": "t" })],
  ["lets it through without a word", () => answer(true, 200, { "cf-access-jwt-assertion": "" })],
  ["leads to the login page", () => answer(false, 302, signIn)],
  ["asks a script to sign in", () => answer(false, 401, { "content-type": "text/x" }, "{}")],
  ["refuses with a page", () => answer(false, 403, { "content-type": "text/html" }, "<p>No</p>")],
  ["answers a preflight", () => answer(false, 204, { "access-control-allow-origin": "x" })],
  ["fails", () => Promise.reject(new Error("down"))],
];

let decide: GateDoor["decide"];
const door: GateDoor = {
  isTrusted: (address) => address === "127.0.0.1",
  countryHeader: () => null,
  decide: (question) => decide(question),
  report: () => undefined,
};

let server: Server;
beforeAll(async () => {
  server = createServer((req, res) => handleForwardAuth(req, res, door));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

interface Question {
  path: string;
  headers: Record<string, string>;
}

function questionOf(frontEnd: FrontEndId): Question {
  const client = { "x-forwarded-for": "203.0.113.7", cookie: "a=1; CF_Binding=2" };
  if (frontEnd === "envoy") {
    const headers = { ...client, host: HOST, "x-forwarded-proto": "https" };
    return { path: "/forward-auth/envoy/a%2Fb?c=1", headers };
  }
  if (frontEnd === "nginx") {
    const url = `https://${HOST}/a%2Fb?c=1`;
    const headers = { ...client, "x-original-url": url, "x-original-method": "POST" };
    return { path: "/forward-auth/nginx", headers };
  }
  return {
    path: `/forward-auth/${frontEnd}`,
    headers: {
      ...client,
      "x-forwarded-method": "POST",
      "x-forwarded-proto": "https",
      "x-forwarded-host": HOST,
      "x-forwarded-uri": "/a%2Fb?c=1",
    },
  };
}

/** What both doors must agree on; the rest frames the answer. */
const FRAMING = new Set([
  "connection",
  "content-length",
  "date",
  "keep-alive",
  "transfer-encoding",
]);
interface Told {
  status: number;
  headers: [string, string][];
  body: string;
}
const told = (status: number, headers: Iterable<[string, string]>, body: string): Told => ({
  ...{ status, body },
  headers: [...headers].filter(([name]) => !FRAMING.has(name)).sort(),
});

const byNode = ({ path, headers }: Question): Promise<Told> =>
  new Promise((resolve, reject) => {
    const { port } = server.address() as AddressInfo;
    const sent = request({ host: "127.0.0.1", port, path, headers }, (res) => {
      let body = "";
      res.setEncoding("utf8");
      res.on("data", (chunk) => {
        body += chunk;
      });
      res.on("end", () => {
        const pairs = Object.entries(res.headers).flatMap(([name, value = []]) =>
          [value].flat().map((one): [string, string] => [name, one]),
        );
        resolve(told(res.statusCode ?? 0, pairs, body));
      });
    });
    sent.on("error", reject);
    sent.end();
  });

async function byNext({ path, headers }: Question): Promise<Told> {
  const asked = new Request(`http://${HOST}${path}`, { headers });
  const response = await answerForwardAuth(asked, "127.0.0.1", door);
  return told(response.status, response.headers, await response.text());
}

describe.each(FRONT_ENDS)("the doors of server.ts and of next dev, asked by %s", (frontEnd) => {
  it.each(ANSWERS)("tell it the same where the gate %s", async (_what, made) => {
    decide = made;
    const question = questionOf(frontEnd);
    const here = await byNode(question);
    expect(await byNext(question)).toEqual(here);
    const passed = here.headers.find(([name]) => name === "cookie")?.[1];
    expect(passed).toBe(here.status === 200 ? "a=1" : undefined);
  });

  it("tell it the same where it asks wrongly", async () => {
    const { path } = questionOf(frontEnd);
    const question = { path, headers: { host: HOST } };
    const here = await byNode(question);
    expect(here.status).toBe(403);
    expect(await byNext(question)).toEqual(here);
  });
});
