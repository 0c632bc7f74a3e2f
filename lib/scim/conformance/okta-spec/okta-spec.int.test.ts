import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { person } from "../../simulated-client/profiles/messages";
import type { Variables } from "../../simulated-client/schema";
import { useScimEndpoint } from "../testing-conform";
import exported from "./spec-test.json";
import { judge, type RunscopeStep, remembered, requestOf } from "./testing-runscope";

// Okta's "SCIM 2.0 SPEC Test" as Runscope exports it, run whole; its pauses are for slow servers.
const endpoint = useScimEndpoint();
const requests = (exported.steps as unknown as RunscopeStep[]).filter(
  ({ step_type }) => step_type === "request",
);

const first = (id: string): Variables => ({
  SCIMBaseURL: "",
  InvalidUserEmail: `nobody-${id}@example.com`,
  UserIdThatDoesNotExist: randomUUID(),
  randomEmail: `${id}@example.com`,
  randomUsername: `user-${id}@example.com`,
  randomUsernameCaps: `USER-${id}@EXAMPLE.COM`,
  randomGivenName: "Grace",
  randomFamilyName: `Hopper ${id}`,
});

it("is there whole: 11 requests with 50 assertions, none of them skipped", () => {
  expect(requests.length).toBe(11);
  expect(requests.some(({ skipped }) => skipped)).toBe(false);
  expect(requests.flatMap(({ assertions = [] }) => assertions).length).toBe(50);
});

describe.each([
  ["as a bearer token", (secret: string) => `Bearer ${secret}`],
  ["alone, as Okta's header authentication sends it", (secret: string) => secret],
])("Okta's SPEC test with the secret %s", (_, authorization) => {
  let variables = first(randomUUID());

  it("finds somebody there, as it asks for", async () => {
    const body = JSON.stringify(person()).replaceAll("{{userName}}", `${randomUUID()}@example.com`);
    const headers = { "content-type": "application/scim+json" };
    const made = await endpoint.send({ method: "POST", path: "/Users", headers, body });
    expect(made.status).toBe(201);
    variables = { ...variables, auth: authorization(endpoint.secret) };
  });

  it.each(requests.map((step) => [step.note, step] as const))("%s", async (_note, step) => {
    const { url, headers, ...request } = requestOf(step, variables);
    const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
    const answer = await endpoint.send({
      ...request,
      path: url,
      headers: Object.fromEntries(lower),
    });
    const answered = { status: answer.status, json: JSON.parse(answer.text) };
    const { failed } = judge(step, answered, variables);
    expect(failed, answer.text).toEqual([]);
    variables = { ...variables, ...remembered(step, answered) };
  });
});
