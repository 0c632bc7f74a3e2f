import "server-only";
import { randomBytes } from "node:crypto";
import type * as z from "zod";
import type { Admin } from "@/lib/kit/actor";
import { env } from "@/lib/kit/env";
import { scimEndpoint } from "../endpoint";
import { startScimCheck } from "../secrets/store";
import { profileOf } from "./profiles";
import type { checkEndpointSchema, EndpointReport, Send } from "./schema";
import { simulate } from "./simulate";
import { sweep } from "./sweep";

const REACH_MS = 3_000;
const STEP_MS = 15_000;
/** Of an answer, in the report. */
const MOST_TEXT = 4_000;

async function answers(origin: string): Promise<boolean> {
  const signal = AbortSignal.timeout(REACH_MS);
  const response = await fetch(`${origin}/healthz`, { redirect: "manual", signal }).catch(
    () => null,
  );
  return response?.ok ?? false;
}

interface Origins {
  public: string;
  /** This very process, past whatever stands in front of it. */
  own: string;
}

function origins(): Origins {
  const { url, host, port } = env();
  const anywhere = host === "0.0.0.0" || host === "::";
  const name = host.includes(":") ? `[${host}]` : host;
  return { public: url, own: `http://${anywhere ? "127.0.0.1" : name}:${port}` };
}

const sendTo =
  (endpoint: string, credential: string): Send =>
  async ({ method, path, headers, body }) => {
    const response = await fetch(`${endpoint}${path}`, {
      method,
      headers: { ...headers, authorization: `Bearer ${credential}` },
      body,
      redirect: "manual",
      signal: AbortSignal.timeout(STEP_MS),
    });
    const text = await response.text();
    return { status: response.status, headers: Object.fromEntries(response.headers), text };
  };

/**
 * Runs a simulated client against this installation's own SCIM Endpoint: at its public address, so
 * that proxies in front of it are tried too, or past them where it cannot be reached from here. The
 * people and the group that it makes are gone afterwards. Throws AppError `not_found` or `conflict`.
 */
export async function checkEndpoint(
  admin: Admin,
  { loginMethodId, profile }: z.output<typeof checkEndpointSchema>,
  at: Origins = origins(),
): Promise<EndpointReport> {
  const credential = await startScimCheck(admin, loginMethodId);
  const reached = await answers(at.public);
  const origin = reached ? at.public : at.own;
  const send = sendTo(scimEndpoint(origin, loginMethodId), credential);
  const client = profileOf(profile);
  await sweep(send, client.userAgent);
  const report = await simulate(client, send, randomBytes(4).toString("hex"));
  const steps = report.steps.map((step) => ({
    ...step,
    answer: step.answer && { ...step.answer, text: step.answer.text.slice(0, MOST_TEXT) },
  }));
  return { ...report, steps, origin, unreached: reached ? null : at.public };
}
