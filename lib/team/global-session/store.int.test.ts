import { beforeAll, describe, expect, it } from "vitest";
import { useTestDatabase } from "@/db/testing";
import { firstOwner } from "@/lib/admins/testing";
import { auditQuerySchema } from "@/lib/audit/schema";
import { listChanges } from "@/lib/audit/store";
import type { Owner } from "@/lib/kit/actor";
import { countryHeaderSchema, sessionDurationSchema } from "./schema";
import { globalSession, setCountryHeader, setSessionDuration } from "./store";

useTestDatabase();
let owner: Owner;
beforeAll(async () => {
  owner = await firstOwner();
});

it("keeps and logs each of the two settings, and leaves the other alone", async () => {
  expect(await globalSession(owner)).toEqual({ sessionDuration: "24h", countryHeader: null });
  await setSessionDuration(owner, "8h");
  await setCountryHeader(owner, "CF-IPCountry");
  await setCountryHeader(owner, "CF-IPCountry");
  expect(await globalSession(owner)).toEqual({
    sessionDuration: "8h",
    countryHeader: "CF-IPCountry",
  });
  const { entries } = await listChanges(owner, auditQuerySchema.parse({}), 2);
  expect(entries.map(({ action, changes }) => [action, changes])).toEqual([
    ["team.country_header", [{ path: "country_header", before: null, after: "CF-IPCountry" }]],
    ["team.session", [{ path: "session_duration", before: "24h", after: "8h" }]],
  ]);
});

describe("a session duration", () => {
  it.each(["15m", "24h", "1h30m", "730h"])("may be %s", (sessionDuration) =>
    expect(sessionDurationSchema.safeParse({ sessionDuration }).success).toBe(true),
  );
  it.each(["", "0s", "14m59s", "731h", "1 day", "-1h", "24"])("may not be %j", (sessionDuration) =>
    expect(sessionDurationSchema.safeParse({ sessionDuration }).success).toBe(false),
  );
});

describe("a country header", () => {
  it("is blank for none", () =>
    expect(countryHeaderSchema.parse({ countryHeader: " " })).toEqual({ countryHeader: null }));
  it.each(["CF-IPCountry", "X-Country"])("may be %s", (countryHeader) =>
    expect(countryHeaderSchema.parse({ countryHeader })).toEqual({ countryHeader }),
  );
  it.each([
    "a b",
    "a:b",
    "a\r\nb: c",
    "Cookie",
    "X-Forwarded-For",
    "host",
    "Cf-Access-Jwt-Assertion",
  ])("may not be %j", (countryHeader) =>
    expect(countryHeaderSchema.safeParse({ countryHeader }).success).toBe(false),
  );
});
