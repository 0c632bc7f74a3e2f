import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { type Policy, policyInputSchema } from "@/lib/policies/schema";
import { exportPolicy } from "./exported";

const policy = {
  name: "It's ours",
  decision: "allow",
  include: [{ email_domain: { domain: "example.com" } }],
  require: [{ geo: { country_code: "NZ" } }],
  exclude: [],
  sessionDuration: "6h",
  id: "not copied",
} as unknown as Policy;

describe("a policy as text to take elsewhere", () => {
  it("is what the API takes, without what belongs to this installation", () => {
    const body = JSON.parse(exportPolicy(policy).json);
    expect(policyInputSchema.parse(body)).toEqual(body);
    expect(body).not.toHaveProperty("id");
  });

  it("survives the shell, quotes included", () => {
    const { json, request } = exportPolicy(policy);
    const command = request.replace(/^curl/, "printf '%s\\n'");
    const said = execFileSync("sh", ["-c", command], { encoding: "utf8" });
    expect(said).toContain(`--data\n${json}\n`);
  });
});
