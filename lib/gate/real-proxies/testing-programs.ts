import { decodeJwt } from "jose";
import { beforeAll, expect, it } from "vitest";
import { database } from "@/db/client";
import { serviceTokens } from "@/db/schema/service-tokens";
import { newClientId, newSecret } from "@/lib/service-tokens/secret";
import { gate } from "../state";
import { SERVICE_TOKEN_HEADER } from "./testing-launch";
import type { Received } from "./testing-proxies";
import { headersNamed, type Trial } from "./testing-trial";

const clientId = newClientId();
const { clientSecret, hash } = newSecret(clientId);
const WRONG = "0".repeat(64);

const pair = (secret = clientSecret, id = clientId) => [
  `CF-Access-Client-Id: ${id}`,
  `CF-Access-Client-Secret: ${secret}`,
];
const single = (secret = clientSecret) => {
  const text = { "cf-access-client-id": clientId, "cf-access-client-secret": secret };
  return [`${SERVICE_TOKEN_HEADER}: ${JSON.stringify(text)}`];
};

const GOOD: [string, string[]][] = [
  ["in two headers", pair()],
  ["in one header", single()],
  ["in both ways at once", [...pair(), ...single()]],
  ["beside a wrong one in the header that comes second", [...pair(), ...single(WRONG)]],
];
const BAD: [string, string[]][] = [
  ["with another secret", pair(WRONG)],
  ["without a secret", pair().slice(0, 1)],
  ["without a client id", pair().slice(1)],
  ["of nobody", pair(clientSecret, newClientId())],
  ["with another secret in one header", single(WRONG)],
  ["in one header that is not JSON", [`${SERVICE_TOKEN_HEADER}: ${clientId}:${clientSecret}`]],
  ["twice", [...pair(), ...pair(WRONG)]],
  ["under names with underscores", pair().map((line) => line.replace(/-(?=.*:)/g, "_"))],
];

const wild = (trial: Trial, label: string): string => trial.at("wild").replace("*", label);

function expectProgram(got: Received | undefined): void {
  if (!got) throw new Error("nothing arrived");
  const [[, token = ""] = []] = headersNamed(got, /^cf-access-jwt-assertion$/i);
  expect(decodeJwt(token)).toMatchObject({ common_name: clientId });
  expect(headersNamed(got, /email$/i).join("")).not.toContain("@");
  expect(headersNamed(got, /^(cf[-_]access[-_]client[-_]secret|x[-_]machine)$/i)).toEqual([]);
}

/** A program's credentials open what they are for, and their secret stays with the gate. */
export function programCases(trial: Trial): void {
  const { get, at } = trial;

  beforeAll(async () => {
    const db = await database();
    const row = { name: "Program", clientId, secretHash: hash };
    await db
      .insert(serviceTokens)
      .values({ ...row, duration: "forever", createdByName: "Ada" })
      .onConflictDoNothing();
    await gate().reload();
  });

  it.each(GOOD)("a service token %s lets a program through, and stays behind", async (_, lines) => {
    for (const host of [at("programs"), wild(trial, "one"), wild(trial, "two-2")]) {
      expect((await get("/job", lines, host)).status).toBe(200);
      const got = trial.received.at(-1);
      expectProgram(got);
      expect(got?.rawHeaders.join("\n")).not.toContain(clientSecret);
    }
  });

  it.each(GOOD)("a service token %s that nobody asked for stays behind", async (_, lines) => {
    for (const [more, host] of [
      [[], at("paths")],
      [[trial.cookie()], trial.host],
    ] as const) {
      const { status } = await get("/unasked", [...lines, ...more], host);
      const got = trial.received.at(-1);
      expect([status, got?.url]).toEqual([200, "/unasked"]);
      expect(got?.rawHeaders.join("\n")).not.toContain(clientSecret);
    }
  });

  it.each(BAD)("a service token %s is refused", async (_, lines) => {
    const before = trial.received.length;
    for (const host of [at("programs"), wild(trial, "one")]) {
      // 400: Envoy takes no name with an underscore.
      expect([400, 401, 403]).toContain((await get("/job", lines, host)).status);
    }
    expect(trial.received.length).toBe(before);
  });

  it("a host with a wildcard covers one label, and no name beside it", async () => {
    const before = trial.received.length;
    const beside = wild(trial, "one").replace(".localhost", ".localhost.example.com");
    const none = wild(trial, "").slice(1);
    for (const host of [wild(trial, "a.b"), none, wild(trial, "."), beside]) {
      const { headers } = await get("/job", pair(), host);
      expect(headers, host).not.toHaveProperty("x-echo");
    }
    expect(trial.received.length).toBe(before);
  });
}
