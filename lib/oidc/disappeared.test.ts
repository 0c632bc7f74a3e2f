import { describe, expect, test } from "vitest";
import { withDisappeared } from "./disappeared";
import type { Connection } from "./schema";
import { trip, useProvider } from "./trips-for-tests";

useProvider();

describe("claims that came before", () => {
  const tripAfter = (
    previousClaims: string[],
    claims: Record<string, unknown>,
    saved: string[] = [],
  ) => trip({ claims }, { connection: { claims: saved }, context: { previousClaims } });
  const codes = (outcome: Awaited<ReturnType<typeof tripAfter>>) =>
    outcome.warnings.map(({ code }) => code);

  test("and are gone are named, in place of being called missing", async () => {
    const outcome = await tripAfter(["email", "department", "groups", "locale"], {}, [
      "department",
    ]);
    expect(outcome.warnings).toMatchObject([
      { code: "claims_disappeared", cause: expect.stringContaining("department, groups") },
    ]);
    expect(outcome.warnings[0]?.facts).toContainEqual({ label: "Also gone", value: "locale" });
  });

  test("and nobody has saved are told in the step, without a warning", async () => {
    const outcome = await tripAfter(["email", "locale"], {});
    expect([outcome.status, codes(outcome)]).toEqual(["passed", []]);
    expect(outcome.steps.at(-1)?.facts).toContainEqual({
      label: "Gone since the last pass",
      value: "locale",
    });
  });

  test("do not hide one that never came", async () => {
    const outcome = await tripAfter(["department"], {}, ["department", "level"]);
    expect(codes(outcome)).toEqual(["claims_missing", "claims_disappeared"]);
  });

  test("and still come, by name or by path, are no matter", async () => {
    const claims = { org: { unit: "x" }, groups: ["a"] };
    expect(codes(await tripAfter(["org.unit", "groups", "email"], claims, ["org.unit"]))).toEqual(
      [],
    );
  });

  test("are told once where groups are gone", async () => {
    expect(codes(await tripAfter(["groups"], {}, ["groups"]))).toEqual(["claims_disappeared"]);
  });

  test("are not looked for without end in a list made to hold up the server, nor called gone", () => {
    let reads = 0;
    const counted = () =>
      new Proxy(
        {},
        {
          getOwnPropertyDescriptor() {
            reads += 1;
            return undefined;
          },
        },
      );
    const idToken = { list: Array.from({ length: 20_000 }, counted) };
    const previous = Array.from({ length: 400 }, (_, at) => `list.k${at}`);
    const connection = { claims: [], emailClaim: "email" } as unknown as Connection;
    const { facts } = withDisappeared([], connection, { idToken, userInfo: null }, previous);
    expect(reads).toBeLessThan(1_000_000);
    expect(facts[0]?.value).not.toContain("k399");
  });
});
