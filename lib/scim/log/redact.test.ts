import { describe, expect, it } from "vitest";
import { REDACTED, redactBody, redactQuery } from "./redact";

const PLANTED = "hunter2-planted";
const enterprise = "urn:ietf:params:scim:schemas:core:2.0:User";

describe("a body in the log", () => {
  it.each<[string, unknown]>([
    ["a password", { userName: "bob", password: PLANTED }],
    ["in any case", { PassWord: PLANTED }],
    ["under a URN", { [`${enterprise}:password`]: PLANTED }],
    [
      "inside an extension",
      { "urn:example:ext": { apiToken: PLANTED, deep: [{ secret: [PLANTED] }] } },
    ],
    ["a PATCH of it", { Operations: [{ op: "replace", path: "password", value: PLANTED }] }],
    [
      "a PATCH by URN",
      { Operations: [{ op: "Add", Path: `${enterprise}:password`, Value: PLANTED }] },
    ],
    ["a PATCH without path", { Operations: [{ op: "replace", value: { password: PLANTED } }] }],
    [
      "of a Bulk request",
      { Operations: [{ method: "POST", data: { password: { value: PLANTED } } }] },
    ],
    ["text that is not JSON", `{"userName":"bob","password":"${PLANTED}"`],
    ["text that breaks off", `{"password": "${PLANTED}`],
    ["text with escapes", `{"password":"a\\"${PLANTED}","x":1`],
    ["a form", `userName=bob&password=${PLANTED}`],
    ...["pwd", "passcode", "passphrase", "api_key", "apiKey", "API-KEY", "pin", "userPin"].map(
      (name): [string, unknown] => [`under the name ${name}`, { [name]: PLANTED }],
    ),
    ...["user_pin", "pinCode", "x.pin"].map((name): [string, unknown] => [
      `a PATCH of ${name}`,
      { path: name, value: PLANTED },
    ]),
    ["a search for a password", { filter: `userName pr and password eq "${PLANTED}"` }],
    ["a search for a part of it", { Filter: `password[type pr and value sw "${PLANTED}"]` }],
    ["a search of a Bulk request", { path: `/Users?filter=password+eq+"${PLANTED}"` }],
    ["a path with a filter", { path: `urn:a:b:c[pin eq "${PLANTED}"].d`, value: 1 }],
    ["an error that cites a filter", { detail: `What is (password eq "x, ${PLANTED}")?` }],
    ["a search that breaks off", `{"filter":"password eq \\"x, ${PLANTED}\\" and title pr`],
    ["a search in a form", `filter=password+eq+%22${PLANTED}%22`],
  ])("has no secret: %s", (_, body) => {
    const kept = redactBody(body);
    expect(kept).not.toContain("hunter2");
    expect(kept).toContain(REDACTED);
  });

  it("keeps everything else as it was", () => {
    const body = {
      schemas: [enterprise],
      userName: "bob",
      active: "False",
      n: 1.5,
      shipping: "pinned",
      filter: 'title eq "Painter"',
      path: "title",
      detail: "There is no User x here.",
      nothing: null,
      changePassword: { supported: false },
    };
    const kept = JSON.parse(redactBody(body) ?? "");
    expect(kept).toEqual({ ...body, changePassword: REDACTED });
    expect(redactBody('{"userName":')).toBe('{"userName":');
  });

  it.each([[null], [undefined], [""]])("%j is none", (body) => {
    expect(redactBody(body)).toBeNull();
  });

  it("hostile text: NUL and halves of characters can be stored", () => {
    expect(redactBody({ a: "x\u0000y\ud800" })).toBe('{"a":"x\\u0000y\\ud800"}');
    expect(redactBody("x\u0000y\ud800")).toBe("x\ufffdy\ufffd");
  });

  it("is cut at 64 KB, between characters", () => {
    const kept = redactBody({ displayName: "é".repeat(100_000) }) ?? "";
    expect(Buffer.byteLength(kept)).toBeLessThan(65_536 + 100);
    expect(kept).toMatch(/é\n… cut: only the first 64 KB of 196 KB are kept$/);
  });

  it("of a group with 100,000 members costs no more than it keeps", () => {
    const members = Array.from({ length: 100_000 }, (_, i) => ({ value: String(i) }));
    expect(redactBody({ members })).toContain("cut: only");
    let deep: unknown = "x";
    for (let i = 0; i < 50_000; i += 1) deep = [deep];
    expect(redactBody(deep)).toContain("…");
  });
});

it.each([
  ["filter=userName eq x", "filter=userName eq x"],
  [`filter=password+eq+"${PLANTED}"`, REDACTED],
  [`access_token=${PLANTED}`, REDACTED],
  [`filter=urn:a:b:pin eq "${PLANTED}"`, REDACTED],
  ["", ""],
  [null, null],
])("query %j is kept as %j", (query, kept) => {
  expect(redactQuery(query)).toBe(kept);
});
