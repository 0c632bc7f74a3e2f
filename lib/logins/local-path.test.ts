import { describe, expect, it } from "vitest";
import { localPath } from "./local-path";

const ORIGIN = "https://app.example.com";

describe("a path to come back to", () => {
  it.each([
    ["/", "/"],
    ["/reports", "/reports"],
    ["/reports/2026?month=5&x=%2F%5C", "/reports/2026?month=5&x=%2F%5C"],
    ["/a?next=https://elsewhere.example/", "/a?next=https://elsewhere.example/"],
    ["/group%2Fproject/-/issues", "/group%2Fproject/-/issues"],
    ["/@ada/posts", "/@ada/posts"],
    ["/a:b@c", "/a:b@c"],
    ["/über uns", "/%C3%BCber%20uns"],
    ["/a/../b", "/b"],
    ["/a#part", "/a"],
    ["/a//b", "/a//b"],
  ])("%s stays", (text, path) => {
    expect(localPath(text, ORIGIN)).toBe(path);
  });

  it.each([[null], [undefined], [""], [`/${"x".repeat(3000)}`]])(
    "nothing usable: %.20j",
    (text) => {
      expect(localPath(text, ORIGIN)).toBeNull();
    },
  );
});

/** Prefixes and suffixes that lead browsers or careless checks to `evil.example`. */
const LURES = [
  "https://HOST",
  "http://HOST/",
  "HTTPS://HOST",
  "https:HOST",
  "https:/HOST",
  "https:///HOST",
  "http:\\\\HOST",
  "https:\\\\HOST",
  "//HOST",
  "///HOST",
  "////HOST",
  "/////HOST",
  "\\\\HOST",
  "\\HOST",
  "/\\HOST",
  "/\\/HOST",
  "\\/HOST",
  "\\/\\/HOST",
  "/\\\\HOST",
  "//\\HOST",
  "/\tHOST",
  "/\t/HOST",
  "/\n/HOST",
  "/\r/HOST",
  "/\r\n/HOST",
  "/\u000b/HOST",
  "/\u0000/HOST",
  "/\u007f/HOST",
  "\t//HOST",
  "\n//HOST",
  " //HOST",
  "\u00a0//HOST",
  "\u3000//HOST",
  "\u2028//HOST",
  "\ufeff//HOST",
  "/%09/HOST",
  "/%0a/HOST",
  "/%0d%0a/HOST",
  "/%00/HOST",
  "/%7f/HOST",
  "/%5cHOST",
  "/%5C%5CHOST",
  "/%5c/HOST",
  "/%2fHOST",
  "/%2F/HOST",
  "/%2f%2fHOST",
  "%2f%2fHOST",
  "%5c%5cHOST",
  "/.//HOST",
  "/..//HOST",
  "/././/HOST",
  "/a/..//HOST",
  "/%2e//HOST",
  "/%2e%2e//HOST",
  "/a/%2e%2e//HOST",
  "/.%2e//HOST",
  "/;//../..//HOST",
  "@HOST",
  "user@HOST",
  "https://app.example.com@HOST",
  "https://app.example.com:443@HOST/",
  "https://app.example.com%40HOST",
  "https://app.example.com.HOST",
  "https://HOST#app.example.com",
  "https://HOST?app.example.com",
  "https://HOST\\app.example.com",
  "https://app.example.com\\@HOST",
  "//app.example.com@HOST",
  "//HOST@app.example.com",
  ".HOST",
  ":HOST",
  ":@HOST",
  ";//HOST",
  "?//HOST",
  "#//HOST",
  "HOST",
  "javascript://HOST/%0aalert(1)",
  "data:text/html,HOST",
  "vbscript:HOST",
  "file://HOST/",
  "ftp://HOST/",
  "blob:https://HOST/",
  "view-source:https://HOST",
  "ht\ttps://HOST",
  "h\nttps://HOST",
  "https:\t//HOST",
  "/\u2028/HOST",
  "/x\\..\\..\\HOST",
  "/x\r\nLocation: https://HOST",
  "/x%0d%0aLocation:%20https://HOST",
  "/x\r\nSet-Cookie: CF_Authorization=HOST",
  "\u0001//HOST",
  "/\u0001//HOST",
  "//[HOST]",
  "//HOST:443",
  "//HOST%00.app.example.com",
  "//HOST%2eapp.example.com",
  "//HOST\u3002app.example.com",
  "/\\HOST\u3002com",
  "/x\ny",
];
const HOSTS = ["evil.example", "127.0.0.1", "xn--80ak6aa92e.com", "0x7f.1", "２．２．２．２"];
const CORPUS = LURES.flatMap((lure) => HOSTS.map((host) => lure.replaceAll("HOST", host)));

describe("open redirect", () => {
  it(`none of ${CORPUS.length} lures is taken for a path`, () => {
    expect(CORPUS.length).toBeGreaterThan(400);
    expect(CORPUS.filter((text) => localPath(text, ORIGIN) !== null)).toEqual([]);
  });

  it("what is taken leads to the application alone, in a Location header too", () => {
    const odd = Array.from({ length: 0x300 }, (_, code) => String.fromCharCode(code));
    const texts = odd.flatMap((char) => [
      `/${char}/evil.example`,
      `/${char}`,
      `/a${char}//b`,
      char,
    ]);
    for (const text of texts) {
      const path = localPath(text, ORIGIN);
      if (path === null) continue;
      expect(path).toMatch(/^\/(?![/\\])[\x21-\x7e]*$/);
      expect(new URL(path, ORIGIN).origin).toBe(ORIGIN);
      expect(new URL(ORIGIN + path).origin).toBe(ORIGIN);
    }
  });
});
