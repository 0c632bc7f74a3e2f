import { Hono } from "hono";
import { gate } from "@/lib/gate/state";
import { env } from "@/lib/kit/env";
import { databaseAnswers } from "./store";

/** Whether the gate would decide: it knows what there is, and has heard lately that it still is so. */
function gateDecides(): boolean {
  const { snapshot, freshFor } = gate();
  return snapshot() !== null && freshFor(env().gateWithoutDatabaseMs);
}

/** For the machines that watch this one. They learn that something is wrong, not what. */
export const health = new Hono()
  .get("/healthz", (c) => c.json({ status: "ok" }))
  .get("/readyz", async (c) =>
    (await databaseAnswers()) && gateDecides()
      ? c.json({ status: "ready" })
      : c.json({ status: "unavailable", reason: "database" }, 503),
  );
