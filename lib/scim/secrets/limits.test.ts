import { expect, it } from "vitest";
import { countRequest } from "./limits";

/** How many requests are answered before one is refused, without a pause between them. */
function answered(secretId: string): { count: number; refusal: unknown } {
  for (let count = 0; count < 100_000; count += 1) {
    try {
      countRequest(secretId);
    } catch (refusal) {
      return { count, refusal };
    }
  }
  return { count: 100_000, refusal: null };
}

it("a secret has a burst of 5,000 requests; then it is told to wait, and others are not", () => {
  const { count, refusal } = answered("a");
  expect(count).toBeGreaterThanOrEqual(5_000);
  expect(refusal).toMatchObject({ name: "ScimError", status: 429, retryAfter: 1 });
  expect(() => countRequest("b")).not.toThrow();
});
