import { expect, it } from "vitest";
import { cameFromConsole, isSpeculative, postedByConsole } from "./same-site";

const CONSOLE = "http://192.168.1.5:3000";

it.each([
  [{ "sec-fetch-site": "same-origin" }, true],
  [{ "sec-fetch-site": "none" }, true],
  [{ "sec-fetch-site": "cross-site" }, false],
  [{ "sec-fetch-site": "same-site" }, false],
  [{ "sec-fetch-site": "cross-site", referer: `${CONSOLE}/settings` }, false],
  [{ referer: `${CONSOLE}/settings/authentication` }, true],
  [{ referer: "http://192.168.1.5:3001/" }, false],
  [{ referer: `https://evil.example/?${CONSOLE}/` }, false],
  [{ referer: "http://192.168.1.5:3000@evil.example/" }, false],
  [{ referer: "not a url" }, false],
  [{}, false],
])("cross-site request forgery: a test started with %j is let through: %s", (headers, expected) => {
  expect(cameFromConsole(new Headers(headers), CONSOLE)).toBe(expected);
});

it.each([
  [{ "sec-purpose": "prefetch;prerender" }, true],
  [{ purpose: "prefetch" }, true],
  [{ "next-router-prefetch": "1" }, true],
  [{}, false],
])("a visit with %j is only a guess: %s", (headers, expected) => {
  expect(isSpeculative(new Headers(headers))).toBe(expected);
});

it.each([
  [{ "sec-fetch-site": "same-origin" }, true],
  [{ "sec-fetch-site": "none" }, false],
  [{ "sec-fetch-site": "same-site", origin: CONSOLE }, false],
  [{ "sec-fetch-site": "cross-site", origin: CONSOLE }, false],
  [{ origin: CONSOLE }, true],
  [{ origin: "null" }, false],
  [{ origin: "https://evil.example", referer: `${CONSOLE}/settings` }, false],
  [{ referer: `${CONSOLE}/settings` }, false],
  [{}, false],
])("cross-site request forgery: a form sent with %j is let through: %s", (headers, expected) => {
  expect(postedByConsole(new Headers(headers), CONSOLE)).toBe(expected);
});
