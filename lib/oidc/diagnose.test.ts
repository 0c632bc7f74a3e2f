import { describe, expect, test } from "vitest";
import { catalogue, type DiagnosisCode } from "./catalogue";
import { diagnosisFor } from "./diagnose";
import { fact, factsOf } from "./failure";
import { diagnosisSchema } from "./schema";

describe.each(Object.keys(catalogue) as DiagnosisCode[])("%s", (code) => {
  test("reads well without any fact", () => {
    const diagnosis = diagnosisSchema.parse(diagnosisFor(code, "exchange"));
    const text = [diagnosis.title, diagnosis.cause, ...diagnosis.fixes].join("\n");
    expect(text).not.toMatch(/[{}|]|undefined|null/);
    expect(diagnosis.title).not.toMatch(/\.$/);
    expect(diagnosis.cause).toMatch(/\.$/);
    expect(diagnosis.fixes.length).toBeGreaterThan(0);
    for (const fix of diagnosis.fixes) expect(fix).toMatch(/^[A-Z].*\.$/);
  });

  test.each(["Not allowed.", "Not allowed!", "Not allowed…", "really?", "a: b;", " . "])(
    "has no doubled punctuation when the provider says %j",
    (value) => {
      const labels = [...JSON.stringify(catalogue[code]).matchAll(/\{([^{}|]+)/g)];
      const facts = labels.map(([, label = ""]) => ({ label, value }));
      const { title, cause, fixes } = diagnosisFor(code, "exchange", facts);
      for (const text of [title, cause, ...fixes]) expect(text).not.toMatch(/[.,:;!?…]\s*[.,:;]/);
    },
  );
});

test("a provider's sentence keeps its words and its question mark", () => {
  const said = (value: string) =>
    diagnosisFor("callback_error", "callback", factsOf({ Error: "x", "Error description": value }))
      .cause;
  expect(said("Not allowed.")).toBe("It sent x: Not allowed.");
  expect(said("Are you sure?")).toBe("It sent x: Are you sure?");
  expect(said("See https://idp.example/e/1.2 for more")).toBe(
    "It sent x: See https://idp.example/e/1.2 for more.",
  );
});

test("facts go to their places, and a fix without its fact is left out", () => {
  const bare = diagnosisFor("no_email", "identity");
  const told = diagnosisFor("no_email", "identity", factsOf({ "Suggested claim": "upn" }));
  expect(told.fixes).toEqual(["Use upn as Email claim name: it holds an address.", ...bare.fixes]);
});

test("a fact cannot bring a place of its own", () => {
  const { cause } = diagnosisFor(
    "token_error",
    "exchange",
    factsOf({ Error: "{Error description}" }),
  );
  expect(cause).toContain("{Error description}");
});

test("advice of the connector comes before the general steps", () => {
  const { fixes } = diagnosisFor("jwks_empty", "keys", [], {
    jwks_empty: ["Select a Signing Key."],
  });
  expect(fixes[0]).toBe("Select a Signing Key.");
  expect(fixes.length).toBeGreaterThan(1);
});

test("a code that the catalogue does not have becomes a diagnosis all the same", () => {
  expect(diagnosisFor("toString" as DiagnosisCode, "keys")).toMatchObject({ code: "unexpected" });
});

test.each<[unknown, string]>([
  [undefined, "none"],
  [null, "none"],
  [{ a: 1 }, '{"a":1}'],
  [["a", { b: 1 }], 'a, {"b":1}'],
  [[], "none"],
  [42, "42"],
  ["line\nbreak\u0000\u202e", "line break"],
])("a fact of %j is one line of text", (value, text) => {
  expect(fact("x", value).value).toBe(text);
});

test("a fact is bounded", () => {
  expect(fact("x", "y".repeat(10_000)).value.length).toBeLessThanOrEqual(301);
});
