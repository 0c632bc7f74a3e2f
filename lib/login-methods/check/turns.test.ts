import { expect, test } from "vitest";
import { isAppError } from "@/lib/kit/errors";
import { type Limit, takeTurn } from "./turns";

const refusal = (limits: Limit[], now: number) => {
  try {
    takeTurn(limits, now);
    return null;
  } catch (error) {
    return isAppError(error) ? error : null;
  }
};

test("a few checks a minute for an admin, whatever they check, and for a client, whoever asks", () => {
  const begin = 1_000_000;
  const admin: Limit = ["admin a", 6];
  for (let at = 0; at < 6; at += 1) takeTurn([admin, [`client ${at}`, 3]], begin + at);
  const refused = refusal([admin, ["client new", 3]], begin + 10_000);
  expect(refused).toMatchObject({ code: "rate_limited", fix: expect.stringContaining("50 s") });
  // What was refused is not counted, so it does not lengthen the wait.
  expect(refusal([admin, ["client new", 1]], begin + 60_001)).toBeNull();
  for (let at = 0; at < 3; at += 1)
    takeTurn(
      [
        [`admin ${at}`, 6],
        ["client 9", 3],
      ],
      begin + at,
    );
  expect(
    refusal(
      [
        ["admin other", 6],
        ["client 9", 3],
      ],
      begin + 100,
    )?.code,
  ).toBe("rate_limited");
});
