import { beforeAll, expect, it, vi } from "vitest";
import { useTestDatabase } from "@/db/testing";
import { firstOwner } from "@/lib/admins/testing";
import type { Owner } from "@/lib/kit/actor";
import { outboundPolicy, outboundSettings, setOutboundAllow } from "./store";

vi.stubEnv("OUTBOUND_ALLOW", "192.168.0.0/16, idp.lan:8443");
useTestDatabase();
let owner: Owner;
beforeAll(async () => {
  owner = await firstOwner();
});

it("takes the private networks from OUTBOUND_ALLOW and lets nobody change them here", async () => {
  const allow = ["192.168.0.0/16", "idp.lan:8443"];
  await expect(setOutboundAllow(owner, ["10.0.0.0/8"])).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining("OUTBOUND_ALLOW"),
  });
  expect(await outboundSettings(owner)).toEqual({ entries: allow, locked: true });
  expect(await outboundPolicy()).toEqual({ allow });
});
