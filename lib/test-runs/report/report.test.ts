import { describe, expect, it } from "vitest";
import * as z from "zod";
import { harReport } from "./har";
import { markdownReport } from "./markdown";
import { personalMask } from "./mask";
import { failedRun, PERSON, subjectOf } from "./run-for-tests";

const nameValue = z.object({ name: z.string(), value: z.string() });

/** What HAR 1.2 requires (http://www.softwareishard.com/blog/har-12-spec/). */
const har = z.object({
  log: z.object({
    version: z.literal("1.2"),
    creator: z.object({ name: z.string(), version: z.string() }),
    entries: z.array(
      z.object({
        startedDateTime: z.iso.datetime(),
        time: z.number().nonnegative(),
        request: z.object({
          method: z.string(),
          url: z.string(),
          httpVersion: z.string(),
          cookies: z.array(z.unknown()),
          headers: z.array(nameValue),
          queryString: z.array(nameValue),
          postData: z
            .object({ mimeType: z.string(), params: z.array(z.unknown()), text: z.string() })
            .optional(),
          headersSize: z.number(),
          bodySize: z.number(),
        }),
        response: z.object({
          status: z.number(),
          statusText: z.string(),
          httpVersion: z.string(),
          cookies: z.array(z.unknown()),
          headers: z.array(nameValue),
          content: z.object({ size: z.number(), mimeType: z.string() }),
          redirectURL: z.string(),
          headersSize: z.number(),
          bodySize: z.number(),
        }),
        cache: z.object({}),
        timings: z.object({ send: z.number(), wait: z.number(), receive: z.number() }),
      }),
    ),
  }),
});

const personal = [
  PERSON.sub,
  PERSON.email,
  encodeURIComponent(PERSON.email),
  PERSON.name,
  ...PERSON.groups,
  "4711",
];

const reports = {
  markdown: (includeValues: boolean) => markdownReport(subjectOf({ includeValues })),
  trace: (includeValues: boolean) => JSON.stringify(harReport(subjectOf({ includeValues }))),
};

describe.each(Object.entries(reports))("a report as %s", (_name, report) => {
  it("names nobody unless values are asked for", () => {
    const text = report(false);
    expect(personal.filter((value) => text.includes(value))).toEqual([]);
  });

  it("has the values when they are asked for", () => {
    expect(report(true)).toContain(PERSON.email);
  });

  it("tells the cause, the steps, the requests and the settings", () => {
    const text = report(false);
    for (const wanted of [
      "User info is about someone else",
      "userinfo_sub_mismatch",
      "https://idp.example/token",
      "Token URL",
      failedRun.redirectUri,
      "1.2.3",
      "No answer.",
    ]) {
      expect(text).toContain(wanted);
    }
  });
});

describe("a trace", () => {
  it("opens in any HAR viewer: every required field of HAR 1.2 is there", () => {
    const { log } = har.parse(harReport(subjectOf()));
    expect(log.entries.map(({ request }) => request.url)).toEqual([
      "https://idp.example/jwks",
      "https://idp.example/token",
      expect.stringContaining("https://idp.example/userinfo"),
      expect.stringContaining("https://idp.example/users/"),
    ]);
    expect(log.entries[3]?.response.status).toBe(0);
  });

  it("puts the requests in order between the start and the end of the run", () => {
    const { log } = har.parse(harReport(subjectOf()));
    const times = log.entries.map(({ startedDateTime }) => Date.parse(startedDateTime));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times[0]).toBeGreaterThanOrEqual(Date.parse(failedRun.startedAt));
    expect(times.at(-1)).toBeLessThanOrEqual(Date.parse("2026-11-22T10:01:00.000Z"));
  });

  it("keeps the shape of an answer about a person, and public documents whole", () => {
    const { log } = harReport(subjectOf()) as { log: { entries: Entry[] } };
    interface Entry {
      response: { content: { text: string } };
    }
    const texts = log.entries.map(({ response }) => response.content.text);
    expect(JSON.parse(texts[0] ?? "")).toEqual({ keys: [{ kid: "k1" }] });
    expect(JSON.parse(texts[1] ?? "")).toEqual({
      access_token: "[redacted]",
      token_type: "Bearer",
    });
    expect(JSON.parse(texts[2] ?? "")).toMatchObject({ email: "g…", groups: ["c…", "n…"] });
  });
});

describe("Markdown", () => {
  it("cannot be changed by what a provider sends", () => {
    const name = "x\n# Injected | `row`\n<script>";
    const run = { ...failedRun, loginMethod: { ...failedRun.loginMethod, name } };
    const text = markdownReport(subjectOf({ run }));
    expect(text).not.toMatch(/^# Injected/m);
    expect(text).not.toContain("<script>");
    expect(text.match(/^# /gm)).toHaveLength(1);
  });

  it("tells claims by type and first sign", () => {
    const text = markdownReport(subjectOf());
    expect(text).toContain("| `email` | ID token | text | `g… (22 characters)` |");
    expect(text).toContain("| `groups` | User info | list of 2 |");
  });
});

describe("the mask", () => {
  const mask = personalMask(failedRun);
  it.each([
    [`Signed in as ${PERSON.email}.`, "Signed in as g…."],
    [PERSON.email.toUpperCase(), "G…"],
    [
      "Compare App ID gatehouse at https://idp.example",
      "Compare App ID gatehouse at https://idp.example",
    ],
    ["The claim email came", "The claim email came"],
    ["Gracefully Hopperian", "Gracefully Hopperian"],
  ])("%s", (text, expected) => {
    expect(mask(text)).toBe(expected);
  });

  const maskOf = (idTokenPayload: Record<string, unknown>) => {
    const claims = { idTokenHeader: null, idTokenPayload, userInfo: null, oidcFields: {} };
    return personalMask({ ...failedRun, claims } as typeof failedRun);
  };

  it("finds the address of somebody in two thousand groups with longer names", () => {
    const groups = Array.from({ length: 2000 }, (_, at) => `a-group-with-a-long-name-indeed-${at}`);
    const crowded = maskOf({ groups, email: PERSON.email });
    expect(crowded(`Signed in as ${PERSON.email}.`)).toBe("Signed in as g….");
  });

  it("takes out values that were made to hold up the server, and the longest of those that fit", () => {
    const values = Array.from({ length: 1000 }, (_, at) => `${"a ".repeat(200)}b${at}`);
    const slow = maskOf({ groups: [...values, "team", "team blue", "team blue sky"] });
    expect(slow(`${"a ".repeat(2000)}${values[7]}.`)).toBe(`${"a ".repeat(2000)}a….`);
    expect(slow("Team blue sky, team blue skyline, teams")).toBe("T…, t… skyline, teams");
  });
});
