import { existsSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { it, vi } from "vitest";
import { useTestDatabase } from "@/db/testing";
import { firstOwner } from "@/lib/admins/testing";
import { machine } from "./app";
import { scimClientOf } from "./testing-scim";
vi.stubEnv("GATEHOUSE_URL", "http://localhost:3191");
useTestDatabase();
it("serves", { timeout: 4_000_000 }, async () => {
  const client = await scimClientOf(await firstOwner(), {});
  const listener = getRequestListener((r) => machine().fetch(r), { overrideGlobalObjects: false });
  createServer((q, s) => void listener(q, s)).listen(3191, "127.0.0.1");
  writeFileSync("/tmp/scim.json", JSON.stringify({ base: client.base.replace("3999","3191"), secret: client.secret }));
  while (!existsSync("/tmp/scim-stop")) await new Promise((r) => setTimeout(r, 500));
});
