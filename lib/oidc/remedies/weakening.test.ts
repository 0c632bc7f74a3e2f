import { expect, test } from "vitest";
import { diagnosisFor } from "../diagnose";
import type { Outcome, Remedy } from "../schema";
import { withoutWeakening } from "./weakening";

const remedies: Remedy[] = [
  { label: "Turn off PKCE", set: { pkce_enabled: false } },
  { label: "Send the request by the browser", set: { par_url: "" } },
  { label: "Turn on PKCE", set: { pkce_enabled: true } },
  { label: "Push the request", set: { par_url: "https://idp.test/par" } },
];
const diagnosis = { ...diagnosisFor("invalid_grant_pkce", "callback"), remedies };
const outcome: Outcome = {
  status: "failed",
  steps: [],
  diagnosis,
  warnings: [diagnosis],
  identity: null,
  claims: null,
  issuer: null,
};

test("a made-up answer at the callback of a shared link brings no button that takes a protection away", () => {
  const { diagnosis, warnings } = withoutWeakening(outcome);
  for (const told of [diagnosis, ...warnings]) {
    expect(told?.remedies.map(({ label }) => label)).toEqual(["Turn on PKCE", "Push the request"]);
  }
  expect(diagnosis?.fixes).toEqual(outcome.diagnosis?.fixes);
});
