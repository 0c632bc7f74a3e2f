import { describe, expect, it } from "vitest";
import { profiles } from "./profiles";
import { deleteGroup } from "./profiles/messages";
import type { Answer, Profile, Send, Step } from "./schema";
import { simulate } from "./simulate";

const json = (status: number, body: unknown, headers: Record<string, string> = {}): Answer => ({
  status,
  headers: { "content-type": "application/scim+json", ...headers },
  text: body === null ? "" : JSON.stringify(body),
});

const create: Step = {
  title: "Creates",
  method: "POST",
  path: "/Groups",
  body: { displayName: "{{groupName}}" },
  status: [201],
  expected: "201",
  keep: { group: "id" },
};
const profile = (...steps: Step[]): Profile => ({
  ...{ id: "test", name: "Test", userAgent: "test", source: "", steps },
});

/** Answers one after another, and keeps what was asked. */
function endpoint(...answers: (Answer | null)[]) {
  const asked: string[] = [];
  const send: Send = async ({ method, path }) => {
    asked.push(`${method} ${path}`);
    const answer = answers.shift();
    if (!answer) throw new Error("refused");
    return answer;
  };
  return { asked, send };
}

describe("a simulated client", () => {
  it("deletes what it made and was not deleted by a step", async () => {
    const { asked, send } = endpoint(json(201, { id: "g1" }), json(204, null));
    const report = await simulate(profile(create), send, "r");
    expect(asked).toEqual(["POST /Groups", "DELETE /Groups/g1"]);
    expect(report.passed).toBe(true);
    const twice = endpoint(json(201, { id: "g1" }), json(204, null));
    await simulate(profile(create, deleteGroup), twice.send, "r");
    expect(twice.asked).toEqual(["POST /Groups", "DELETE /Groups/g1"]);
  });

  it("does not try what needs an answer that did not come, and deletes what was made all the same", async () => {
    const { asked, send } = endpoint(
      json(201, { id: 7 }),
      json(201, { id: "g2" }),
      json(204, null),
    );
    const report = await simulate(profile(create, deleteGroup, create), send, "r");
    expect(report.steps.map(({ outcome }) => outcome)).toEqual([
      ...["passed", "skipped", "passed"],
      "passed",
    ]);
    expect(asked.at(-1)).toBe("DELETE /Groups/g2");
    expect(report.passed).toBe(false);
  });

  it("stops when nothing answers", async () => {
    const { asked, send } = endpoint(null);
    const { steps } = await simulate(profile(create, create), send, "r");
    expect(asked.length).toBe(1);
    expect(steps).toMatchObject([{ outcome: "failed", found: "Nothing answered.", answer: null }]);
  });

  it.each<[string, Answer, string, RegExp]>([
    [
      "the error of the endpoint",
      json(409, { detail: "Taken." }),
      "409: Taken.",
      /file it as a bug/,
    ],
    ["a secret that was lost on the way", json(401, {}), "401", /header Authorization/],
    [
      "a page of a proxy",
      { status: 403, headers: { "content-type": "text/html" }, text: "<h1>Forbidden" },
      "403",
      /GET, POST, PUT, PATCH and DELETE/,
    ],
    [
      "a limit of a proxy",
      { status: 413, headers: { "content-type": "text/html" }, text: "<h1>" },
      "413",
      /client_max_body_size/,
    ],
    ["too many requests", json(429, {}), "429", /Wait a moment/],
    ["a failure of Gatehouse", json(500, {}), "500", /Gatehouse's own log/],
  ])("tells %s, and what to do", async (_, answer, found, advice) => {
    const { steps } = await simulate(profile(create), endpoint(answer).send, "r");
    expect(steps[0]?.found).toContain(found);
    expect(steps[0]?.advice).toMatch(advice);
  });

  it.each<[string, Step["checks"], unknown, string | null]>([
    ["a value", [{ at: "a.b[1]", is: 2 }], { a: { b: [1, 3] } }, "a.b[1] is 3 and not 2."],
    ["a missing value", [{ at: "a", present: true }], {}, "a is missing."],
    ["a value too much", [{ at: "a", present: false }], { a: 1 }, "a should not be there: 1."],
    ["a member", [{ at: "m", has: "x" }], { m: [{ value: "x" }] }, null],
    ["a missing member", [{ at: "m", has: "x" }], {}, 'm lacks "x".'],
    [
      "a member that stayed",
      [{ at: "m", lacks: "x" }],
      { m: [{ value: "x" }] },
      'm still has "x".',
    ],
    ["a header", [{ header: "etag", is: "1" }], {}, "The header etag is missing."],
    ["a name with dots", [{ at: '["urn:a:2.0:b"].c', is: 1 }], { "urn:a:2.0:b": { c: 1 } }, null],
  ])("looks at %s of an answer", async (_, checks, body, found) => {
    const step: Step = { ...create, method: "GET", status: [200], checks };
    const { steps } = await simulate(profile(step), endpoint(json(200, body)).send, "r");
    expect(steps[0]?.found).toBe(found);
  });

  it.each(profiles.map((each) => [each.name, each] as const))(
    "as %s has no step that needs what no step before it brings",
    (_, { steps }) => {
      const kept = new Set<string>();
      const missing = steps.flatMap(({ path, query, body, checks, keep = {} }) => {
        for (const variable of Object.keys(keep)) kept.add(variable);
        const text = JSON.stringify({ path, query, body, checks });
        const named = [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = ""]) => name);
        return named.filter((name) => !kept.has(name) && !/^run$|userName|groupName/i.test(name));
      });
      expect(missing).toEqual([]);
    },
  );
});
