import { expect, it } from "vitest";
import { database } from "@/db/client";
import { scimGroups, scimMembers, scimUsers } from "@/db/schema/scim";
import { users } from "@/db/schema/users";
import { useScimEndpoint } from "../conformance/testing-conform";
import { profiles } from "./profiles";
import { okta } from "./profiles/okta";
import { simulate } from "./simulate";

const endpoint = useScimEndpoint();

async function counts() {
  const db = await database();
  const tables = [scimUsers, scimGroups, scimMembers, users];
  return Promise.all(tables.map((table) => db.$count(table)));
}

it.each(profiles.map((profile) => [profile.name, profile] as const))(
  "a client in the shape of %s passes, and leaves nothing behind",
  async (_, profile) => {
    const before = await counts();
    const { passed, steps } = await simulate(profile, endpoint.send, `int-${profile.id}`);
    expect(steps.filter(({ outcome }) => outcome !== "passed")).toEqual([]);
    expect(passed).toBe(true);
    expect(await counts()).toEqual(before);
  },
);

it("tells a wrong secret at the first step, and changes nothing", async () => {
  const before = await counts();
  const send: typeof endpoint.send = (request) =>
    endpoint.send({ ...request, headers: { ...request.headers, authorization: "Bearer wrong" } });
  const { passed, steps } = await simulate(okta, send, "wrong");
  expect(passed).toBe(false);
  expect(steps[0]).toMatchObject({ outcome: "failed", answer: { status: 401 } });
  expect(steps[0]?.advice).toMatch(/Authorization/);
  expect(await counts()).toEqual(before);
});
