import { describe, expect, it } from "vitest";
import type { PersonIdentity } from "@/lib/users/schema";
import { tally } from "./tally";

const person = (
  groups: string[],
  claims: [name: string, ...values: [path: string, value: string][]][] = [],
): PersonIdentity => ({
  ...{ email: "ada@example.com", name: null, issuer: "https://idp.example", subject: "1" },
  ...{ loginMethod: { id: "m", name: "Acme", kind: "oidc" }, amr: [], groups },
  claims: claims.map(([name, ...values]) => ({
    name,
    value: null,
    values: values.map(([path, value]) => ({ path, value })),
  })),
});

describe("hints from the people of a login method", () => {
  it("put what most people have first, and count nobody twice", () => {
    const { groups } = tally([person(["a", "b", "b"]), person(["b"]), person([])]);
    expect(groups).toEqual([
      { value: "b", detail: "2 people" },
      { value: "a", detail: "1 person" },
    ]);
  });

  it("name claims and nested ones as rules do, each with its values", () => {
    const { claims, values } = tally([
      person([], [["roles", ["", "dev"], ["", "ops"]]]),
      person(
        [],
        [
          ["roles", ["", "dev"]],
          ["org", ["unit.name", "Research"]],
        ],
      ),
    ]);
    expect(claims.map(({ value }) => value)).toEqual(["roles", "org.unit.name"]);
    expect(values).toEqual([
      {
        claim: "roles",
        hints: [
          { value: "dev", detail: "2 people" },
          { value: "ops", detail: "1 person" },
        ],
      },
      { claim: "org.unit.name", hints: [{ value: "Research", detail: "1 person" }] },
    ]);
  });

  it("offer groups as values of the claim groups, as a rule about it sees them", () => {
    const { values } = tally([person(["staff"], [["groups", ["", "dev"]]])]);
    expect(values).toMatchObject([
      { claim: "groups", hints: [{ value: "dev" }, { value: "staff" }] },
    ]);
  });

  it.each(["", " ", "a\u0000b", "x".repeat(201)])("leave out %j", (odd) => {
    expect(tally([person([odd], [["c", ["", odd]]])])).toMatchObject({
      groups: [],
      values: expect.arrayContaining([{ claim: "c", hints: [] }]),
    });
  });

  it("survive names that JavaScript knows", () => {
    const { values } = tally([
      person(
        [],
        [
          ["__proto__", ["", "1"]],
          ["constructor", ["", "2"]],
        ],
      ),
    ]);
    expect(values.map(({ claim }) => claim)).toEqual(["__proto__", "constructor"]);
  });

  it("are a hundred of each at most", () => {
    const many = Array.from({ length: 150 }, (_, at) => `v${at}`);
    const { groups, claims, values } = tally([
      person(many, [
        ...many.map((name): [string, [string, string]] => [name, ["", "1"]]),
        ["a", ...many.map((value): [string, string] => ["", value])],
      ]),
    ]);
    expect([groups.length, claims.length, values.length, values[0]?.hints.length]).toEqual([
      ...[100, 100, 100, 100],
    ]);
  });
});
