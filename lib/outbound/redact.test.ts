import { describe, expect, test } from "vitest";
import { createRedactor } from "./redact";

const SECRET = "S3cr3t-ä&/ %+~é\"x'\\y";

const strict = (text: string) =>
  [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");

const SPELLINGS: Record<string, string> = {
  plain: SECRET,
  "percent-encoded": encodeURIComponent(SECRET),
  "form-encoded": new URLSearchParams({ v: SECRET }).toString().slice(2),
  "percent-encoded whole, in lower case": strict(SECRET),
  "percent-encoded twice": encodeURIComponent(encodeURIComponent(SECRET)),
  "a JSON string": JSON.stringify(SECRET).slice(1, -1),
  "JSON with \\u escapes": SECRET.replace(
    /[^a-z]/gi,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  ),
  "HTML with named entities": SECRET.replaceAll("&", "&amp;").replaceAll('"', "&quot;"),
  "HTML with numeric entities": SECRET.replace(/[^a-z]/gi, (char) => `&#${char.charCodeAt(0)};`),
  "HTML with hexadecimal entities": SECRET.replace(
    /[^a-z]/gi,
    (char) => `&#x${char.charCodeAt(0).toString(16)};`,
  ),
  "HTTP Basic, raw": Buffer.from(`app:${SECRET}`).toString("base64"),
  "HTTP Basic, percent-encoded": Buffer.from(`app:${encodeURIComponent(SECRET)}`).toString(
    "base64",
  ),
};

describe("the client secret", () => {
  for (const [name, spelled] of Object.entries(SPELLINGS)) {
    test(`is taken out of an answer that repeats it as ${name}`, () => {
      const redactor = createRedactor();
      redactor.learnClient("app", SECRET);
      expect(redactor.body(`<p>You sent ${spelled}.</p>`)).toBe("<p>You sent [redacted].</p>");
    });
  }
});

test("a value too short to be a secret does not garble the text", () => {
  const redactor = createRedactor();
  redactor.learn("a");
  redactor.learn(undefined);
  expect(redactor.text("a banana")).toBe("a banana");
});

test.each([
  [
    "https://idp.test/cb?code=abc123&state=xyz&iss=https%3A%2F%2Fidp.test",
    "iss=https%3A%2F%2Fidp.test",
  ],
  ["https://idp.test/?%63ode=abc123&x=1", "x=1"],
  ["https://idp.test/?%E0%A4=abc&code=abc123&x=1", "x=1"],
  ["https://user:abc123@idp.test/path", "idp.test/path"],
  ["https://idp.test/path#access_token=abc123", "idp.test/path#"],
])("a URL keeps its harmless parts and loses its secrets: %s", (url, kept) => {
  const redacted = createRedactor().url(url);
  expect(redacted).not.toContain("abc123");
  expect(redacted).not.toContain("xyz");
  expect(redacted).toContain(kept);
});

const TOKEN = "opaque-token-0123456789";
const JWT = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl";

test.each([
  ["JSON", JSON.stringify({ access_token: TOKEN, id_token: JWT, expires_in: 300 })],
  ["JSON that nests", JSON.stringify({ data: [{ refresh_token: TOKEN }] })],
  [
    "JSON that repeats a token under another name",
    JSON.stringify({ access_token: TOKEN, again: TOKEN }),
  ],
  ["JSON cut off in the middle of a token", `{"expires_in":300,"access_token":"${TOKEN}`],
  ["JSON nested too deep to read", `${"[".repeat(5000)}{"access_token":"${TOKEN}"}`],
  ["a form", `access_token=${TOKEN}&expires_in=300`],
  ["HTML with a token in a script", `<script>x={access_token:'${TOKEN}'}</script>`],
  ["a JWT under no name at all", `Your token: ${JWT}`],
  ["a JWT in the middle of other words", `see idp.test.a.b.c.d.e.x%3D${JWT}`],
])("a body loses its tokens: %s", (_name, body) => {
  const redacted = createRedactor().body(body);
  expect(redacted).not.toContain(TOKEN);
  expect(redacted).not.toContain(JWT);
  expect(redacted).toContain("[redacted]");
});

test("the private half of a published key is taken out, the public half stays", () => {
  const body = JSON.stringify({ keys: [{ kty: "RSA", kid: "1", n: "modulus", d: "private" }] });
  const redacted = createRedactor().body(body);
  expect(JSON.parse(redacted)).toEqual({
    keys: [{ kty: "RSA", kid: "1", n: "modulus", d: "[redacted]" }],
  });
});

test("the reference to a pushed request is taken out, in a URL as in an answer", () => {
  const reference = "urn:ietf:params:oauth:request_uri:planted-0123456789";
  const redactor = createRedactor();
  expect(redactor.url(`https://idp.test/auth?client_id=a&request_uri=${reference}`)).toBe(
    "https://idp.test/auth?client_id=a&request_uri=[redacted]",
  );
  expect(redactor.body(JSON.stringify({ request_uri: reference, expires_in: 60 }))).toBe(
    '{"request_uri":"[redacted]","expires_in":60}',
  );
});

test.each([
  ["whole", "-----BEGIN PRIVATE KEY-----\nplanted\n-----END PRIVATE KEY-----"],
  ["cut off", "-----BEGIN RSA PRIVATE KEY-----\nplanted"],
  ["in one line", "-----BEGIN EC PRIVATE KEY-----planted-----END EC PRIVATE KEY-----"],
  [
    "in JSON",
    JSON.stringify({ a: "-----BEGIN PRIVATE KEY-----\nplanted\n-----END PRIVATE KEY-----" }),
  ],
])("a private key in PEM form is taken out: %s", (_name, text) => {
  const redacted = createRedactor().body(`see ${text} there`);
  expect(redacted).not.toContain("planted");
  expect(redacted).toContain("PRIVATE KEY-----[redacted]");
});

test("a certificate stays", () => {
  const text = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----";
  expect(createRedactor().text(text)).toBe(text);
});

test("headers lose credentials and cookies, and a location loses its code", () => {
  const headers = new Headers({
    Authorization: "Basic YXBwOnNlY3JldA==",
    Cookie: "session=1",
    "Set-Cookie": "session=2",
    Location: "https://idp.test/?code=abc123",
    Date: "now",
    DPoP: "eyJhbGciOiJFUzI1NiJ9.eyJodHUiOiJ4In0.c2ln",
    "Proxy-Authorization": "Basic YWRhOnB3",
  });
  expect(createRedactor().headers(headers)).toEqual({
    authorization: "Basic [redacted]",
    cookie: "[redacted]",
    "set-cookie": "[redacted]",
    location: "https://idp.test/?code=[redacted]",
    date: "now",
    dpop: "[redacted]",
    "proxy-authorization": "Basic [redacted]",
  });
});

test("hostile text does not make redaction slow", { timeout: 20_000 }, () => {
  const redactor = createRedactor();
  redactor.learnClient("app", `${"a".repeat(400)}b`);
  expect(redactor.body("a".repeat(200_000))).toHaveLength(65_536);
  expect(redactor.body('"access_token":"'.repeat(20_000))).toContain("[redacted]");
});

test("a token that an answer repeats is taken out as it is spelled in a URL and in JSON", () => {
  const token = 'opaque+token/0123"456 789';
  const redactor = createRedactor();
  const repeated = [encodeURIComponent(token), new URLSearchParams({ t: token }).toString(), token];
  const redacted = redactor.body(JSON.stringify({ access_token: token, repeated }));
  expect(JSON.parse(redacted)).toEqual({
    access_token: "[redacted]",
    repeated: ["[redacted]", "t=[redacted]", "[redacted]"],
  });
});

test("a token with half a surrogate pair in it is taken out like any other", () => {
  const token = "opaque-token-\ud800-012345";
  const redacted = createRedactor().body(JSON.stringify({ access_token: token, again: token }));
  expect(JSON.parse(redacted)).toEqual({ access_token: "[redacted]", again: "[redacted]" });
});

const LONG = 500_000;
test.each<[string, unknown]>([
  ["the beginnings of JWTs", { a: "eyJ".repeat(LONG / 3) }],
  [
    "tokens by the thousand",
    Object.fromEntries(
      Array.from({ length: 5000 }, (_, at) => [`${at}_token`, `${at}${"x".repeat(40)}`]),
    ),
  ],
  [
    "a token that nearly matches everywhere",
    { a_token: `${"+".repeat(500)}b`, texts: Array.from({ length: 500 }, () => "+".repeat(1000)) },
  ],
])(
  "ReDoS: an answer of a hostile provider cannot hold up the server: %s",
  { timeout: 3000 },
  (_name, answer) => {
    const redactor = createRedactor();
    const redacted = redactor.body(JSON.stringify(answer), true);
    expect(redactor.known("+".repeat(LONG))).toHaveLength(LONG);
    expect(redacted.length).toBeLessThan(LONG);
  },
);

test("what is too long to be cleaned is left out of a body, never left as it is", () => {
  const secret = "s3cret-of-the-client";
  const redactor = createRedactor();
  redactor.learnClient("app", secret);
  const redacted = redactor.body(
    JSON.stringify({ a: `${"x".repeat(70_000)}${secret}`, b: secret, c: 1 }),
  );
  expect(JSON.parse(redacted)).toEqual({ a: "…", b: "[redacted]", c: 1 });
});
