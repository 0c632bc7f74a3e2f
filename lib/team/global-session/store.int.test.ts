import { beforeAll, describe, expect, it } from "vitest";
import { useTestDatabase } from "@/db/testing";
import { firstOwner } from "@/lib/admins/testing";
import { auditQuerySchema } from "@/lib/audit/schema";
import { listChanges } from "@/lib/audit/store";
import type { Owner } from "@/lib/kit/actor";
import { countryHeaderSchema, rotationSchema, sessionDurationSchema } from "./schema";
import { globalSession, setCountryHeader, setRotationDays, setSessionDuration } from "./store";

useTestDatabase();
let owner: Owner;
beforeAll(async () => {
  owner = await firstOwner();
});

it("keeps and logs each setting, and leaves the others alone", async () => {
  expect(await globalSession(owner)).toEqual({
    sessionDuration: "24h",
    countryHeader: null,
    keyRotationDays: 42,
  });
  await setSessionDuration(owner, "8h");
  await setCountryHeader(owner, "CF-IPCountry");
  await setCountryHeader(owner, "CF-IPCountry");
  await setRotationDays(owner, 7);
  expect(await globalSession(owner)).toEqual({
    sessionDuration: "8h",
    countryHeader: "CF-IPCountry",
    keyRotationDays: 7,
  });
  const { entries } = await listChanges(owner, auditQuerySchema.parse({}), 3);
  expect(entries.map(({ action, changes }) => [action, changes])).toEqual([
    ["team.key_rotation", [{ path: "key_rotation_interval_days", before: 42, after: 7 }]],
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

describe("a rotation interval", () => {
  it.each(["1", "42", " 365 "])("may be %j days", (days) =>
    expect(rotationSchema.parse({ days })).toEqual({ days: Number(days) }),
  );
  it.each(["", "0", "366", "1.5", "-1", "1e2", "forty"])("may not be %j days", (days) =>
    expect(rotationSchema.safeParse({ days }).success).toBe(false),
  );
});
