import { Hono } from "hono";
import { gate } from "@/lib/gate/state";
import { databaseAnswers } from "./store";

/** For the machines that watch this one. They learn that something is wrong, not what. */
export const health = new Hono()
  .get("/healthz", (c) => c.json({ status: "ok" }))
  .get("/readyz", async (c) =>
    (await databaseAnswers()) && gate().snapshot()
      ? c.json({ status: "ready" })
      : c.json({ status: "unavailable", reason: "database" }, 503),
  );
