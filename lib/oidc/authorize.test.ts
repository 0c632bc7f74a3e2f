import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isReservedParameter, parametersOf, parametersProblem } from "./authorization-params";
import { PLANTED } from "./provider-for-tests";
import { prepare } from "./round-trip";
import type { Connection } from "./schema";
import { attempt, policy, provider, useProvider } from "./trips-for-tests";

useProvider();

const prepared = (connection: Partial<Connection>) =>
  prepare(provider.connection(connection), policy, attempt, { steps: [], advice: {} });

/** What an attacker, or a mistake, might put beside our own parameters. */
const INJECTED = new URLSearchParams({
  response_type: "token",
  response_mode: "fragment",
  client_id: "evil",
  redirect_uri: "https://evil.example/",
  scope: "everything",
  state: "fixed",
  nonce: "fixed",
  code_challenge: "fixed",
  code_challenge_method: "plain",
  request: "eyJhbGciOiJub25lIn0.e30.",
  request_uri: "https://evil.example/request.jwt",
  prompt: "none",
  max_age: "99999",
  dpop_jkt: "fixed",
  STATE: "fixed",
});

const expectOurs = (sent: URLSearchParams) => {
  expect([...sent.keys()].length).toBe(new Set(sent.keys()).size);
  for (const [name, value] of INJECTED) expect([name, sent.get(name)]).not.toEqual([name, value]);
  expect(sent.get("response_type")).toBe("code");
  expect(sent.get("client_id")).toBe("app-1");
  expect(sent.get("redirect_uri")).toBe(attempt.redirectUri);
  expect(sent.get("state")).toBe(attempt.state);
  expect(sent.get("nonce")).toBe(attempt.nonce);
  for (const absent of ["request", "request_uri", "response_mode", "dpop_jkt", "STATE"]) {
    expect(sent.has(absent)).toBe(false);
  }
};

describe("parameter injection", () => {
  test("the query of the Auth URL cannot change what is asked for, and keeps what is its own", async () => {
    const authUrl = `${provider.origin}/authorize?tenant=7&${INJECTED}&client_id=evil-again`;
    const { url, steps } = await prepared({ authUrl });
    const sent = new URL(url ?? "").searchParams;
    expectOurs(sent);
    expect(sent.get("tenant")).toBe("7");
    const facts = Object.fromEntries(
      (steps.at(-1)?.facts ?? []).map(({ label, value }) => [label, value]),
    );
    expect(facts["Left out of the Auth URL"]).toContain("request_uri");
  });

  test("a query that has nothing of ours is kept as it stands", async () => {
    const { url } = await prepared({ authUrl: `${provider.origin}/authorize?x=a+b%2Fc&x=d` });
    expect(url).toContain("/authorize?x=a+b%2Fc&x=d&response_type=code");
  });

  test("extra parameters cannot either, however they came into the settings", async () => {
    const extraParams = { ...Object.fromEntries(INJECTED), acr_values: "urn:x" };
    const sent = new URL((await prepared({ extraParams })).url ?? "").searchParams;
    expectOurs(sent);
    expect(sent.get("acr_values")).toBe("urn:x");
  });

  test.each(["__proto__=x", "constructor=x", "toString=x"])(
    "%s is a name like any other",
    (line) => {
      const [name = ""] = line.split("=");
      expect(isReservedParameter(name)).toBe(false);
      expect(Object.entries(parametersOf([line]))).toEqual([[name, "x"]]);
      expect({}).not.toHaveProperty("x");
    },
  );
});

describe("a pushed request", () => {
  const forms: URLSearchParams[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    forms.push(new URLSearchParams(body));
    response.writeHead(201, { "content-type": "application/json" });
    response.end(JSON.stringify({ request_uri: "urn:planted-request-uri", expires_in: 60 }));
  });
  let parUrl = "";
  beforeAll(async () => {
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    parUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/par`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  test("holds everything, with the credentials of the app; the browser carries a reference", async () => {
    const { url, steps, diagnosis } = await prepared({
      parUrl,
      authUrl: `${provider.origin}/authorize?tenant=7&request_uri=evil&state=evil`,
      extraParams: { acr_values: "urn:x" },
      maxAge: 0,
      prompt: "login",
    });
    expect(diagnosis).toBeNull();
    expect(Object.fromEntries(new URL(url ?? "").searchParams)).toEqual({
      tenant: "7",
      client_id: "app-1",
      request_uri: "urn:planted-request-uri",
    });
    const [form = new URLSearchParams()] = forms;
    expectOurs(form);
    expect(Object.fromEntries(form)).toMatchObject({
      acr_values: "urn:x",
      max_age: "0",
      prompt: "login",
      code_challenge_method: "S256",
      client_secret: PLANTED.secret,
    });
    const text = JSON.stringify(steps);
    for (const secret of ["planted-request-uri", PLANTED.secret, PLANTED.verifier, attempt.state]) {
      expect(text).not.toContain(secret);
    }
    expect(steps.at(-1)?.exchanges).toHaveLength(1);
  });

  test("goes without TLS only to a host that is listed", async () => {
    const { diagnosis } = await prepared({ parUrl: "http://93.184.216.34/par" });
    expect(diagnosis).toMatchObject({ code: "plain_http", field: "par_url" });
  });
});

describe("extra authorization parameters as they are entered", () => {
  test.each([
    [["acr_values=urn:x urn:y", "domain_hint=acme.com", 'claims={"a":1,"b":2}'], null],
    [["resource[]=a=b"], null],
    [["acr_values"], /Enter a name and a value/],
    [["=x"], /Enter a name and a value/],
    [["acr_values="], /Enter a name and a value/],
    [[""], /Enter a name and a value/],
    [["a b=x"], /a b is not the name of a parameter/],
    [["a&b=x"], /is not the name/],
    [["x=1", "x=2"], /x is there more than once/],
    [[`x=${"a".repeat(1000)}`], /at most 1000 characters for x/],
    [Array.from({ length: 51 }, (_, at) => `x${at}=1`), /at most 50/],
    [Array.from({ length: 5 }, (_, at) => `x${at}=${"a".repeat(900)}`), /4,000 characters/],
    [["scope=email"], /scope cannot be set here: use the field Scopes/],
    [["prompt=login"], /use the field Prompt/],
    [["max_age=1"], /Maximum age of the sign-in/],
    [["PROMPT=login"], /use the field Prompt/],
    [["response_mode=fragment"], /always asks for a code in the query/],
    [["request_uri=x"], /Pushed authorization request URL/],
    [["dpop_jkt=x"], /DPoP/],
    [["code_challenge_methods=x"], /cannot be set here/],
    [["client_secret=x"], /never be in an address/],
  ])("%j", (lines, message) => {
    const problem = parametersProblem(lines);
    if (message === null) expect(problem).toBeNull();
    else expect(problem).toMatch(message);
  });

  test("become what they say, whatever stands in the value", () => {
    expect(parametersOf(["a=b=c&d", "e=f g"])).toEqual({ a: "b=c&d", e: "f g" });
  });
});
