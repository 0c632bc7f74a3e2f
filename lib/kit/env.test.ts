import { describe, expect, test } from "vitest";
import { isAllowEntry, isNetwork, readEnv } from "./env";

describe("settings", () => {
  test("nothing needs to be set", () => {
    expect(readEnv({})).toEqual({
      port: 3000,
      host: "0.0.0.0",
      url: "http://localhost:3000",
      authDomain: "localhost:3000",
      databaseUrl: null,
      dataDir: null,
      pgBinDir: null,
      secret: null,
      adminEmail: null,
      adminPassword: null,
      trustedProxies: ["127.0.0.0/8", "::1"],
      outboundAllow: null,
      outboundProxies: { https: null, http: null, noProxy: [] },
      practiceFile: null,
      gateWithoutDatabaseMs: 60_000,
    });
  });

  test("an empty variable counts as not set", () => {
    expect(readEnv({ PORT: "", DATABASE_URL: "", OUTBOUND_ALLOW: "" })).toEqual(readEnv({}));
  });

  test("the console's URL follows the port, the team domain follows the URL", () => {
    expect(readEnv({ PORT: "8080" })).toMatchObject({
      port: 8080,
      url: "http://localhost:8080",
      authDomain: "localhost:8080",
    });
    expect(readEnv({ GATEHOUSE_URL: "https://Console.Example.com/" })).toMatchObject({
      url: "https://console.example.com",
      authDomain: "console.example.com",
    });
    expect(readEnv({ AUTH_DOMAIN: "{team}.Example.com" }).authDomain).toBe("{team}.example.com");
  });

  test("lists are separated by commas or blanks", () => {
    expect(readEnv({ TRUSTED_PROXIES: "10.0.0.0/8, ::1  192.0.2.1" }).trustedProxies).toEqual([
      "10.0.0.0/8",
      "::1",
      "192.0.2.1",
    ]);
    expect(readEnv({ OUTBOUND_ALLOW: "idp.lan:8443,10.1.0.0/16" }).outboundAllow).toEqual([
      "idp.lan:8443",
      "10.1.0.0/16",
    ]);
  });

  test.each([
    ["PORT", "zero"],
    ["PORT", "0"],
    ["PORT", "65536"],
    ["PORT", "80.5"],
    ["GATEHOUSE_URL", "gatehouse.example.com"],
    ["GATEHOUSE_URL", "ftp://gatehouse.example.com"],
    ["GATEHOUSE_URL", "https://gatehouse.example.com/console"],
    ["GATEHOUSE_URL", "https://admin@gatehouse.example.com"],
    ["AUTH_DOMAIN", "https://auth.example.com"],
    ["TRUSTED_PROXIES", "proxy.lan"],
    ["TRUSTED_PROXIES", "10.0.0.0/33"],
    ["OUTBOUND_ALLOW", "https://idp.lan"],
    ["ADMIN_EMAIL", "root"],
  ])("%s=%s stops the start in one line that names both", (name, value) => {
    const line = new RegExp(
      `^${name} holds "${value.replaceAll(".", "\\.")}"; it should hold .+\\.$`,
    );
    expect(() => readEnv({ [name]: value })).toThrow(line);
  });

  test.each([
    ["GATEHOUSE_SECRET", "tooshort-planted"],
    ["ADMIN_PASSWORD", "planted-pw"],
    ["DATABASE_URL", "mysql://root:planted@db/x"],
    ["HTTPS_PROXY", "socks5://ada:planted@proxy.lan:1080"],
    ["HTTPS_PROXY", "http://ada:planted%zz@proxy.lan:3128"],
    ["HTTP_PROXY", "http://ada:planted@proxy.lan:3128/path"],
    ["HTTP_PROXY", "http://"],
  ])("a secret in %s is not repeated in the message", (name, value) => {
    expect(() => readEnv({ [name]: value })).toThrow(
      expect.objectContaining({
        code: "invalid_input",
        message: expect.stringMatching(
          new RegExp(`^${name} holds a value that does not fit; (?!.*planted)`),
        ),
      }),
    );
  });

  test("a proxy is read in upper and lower case, which goes first, with or without a scheme", () => {
    const proxies = (given: Record<string, string>) => readEnv(given).outboundProxies;
    const url = "http://ada:pw@proxy.lan:3128";
    expect(proxies({ HTTPS_PROXY: url, NO_PROXY: "a.lan, 10.0.0.0/8" })).toEqual({
      https: url,
      http: null,
      noProxy: ["a.lan", "10.0.0.0/8"],
    });
    expect(proxies({ HTTPS_PROXY: "http://other", https_proxy: url }).https).toBe(url);
    expect(proxies({ http_proxy: "proxy.lan:3128", no_proxy: "*" })).toEqual({
      https: null,
      http: "http://proxy.lan:3128",
      noProxy: ["*"],
    });
  });

  test.each([{ ADMIN_EMAIL: "a@example.com" }, { ADMIN_PASSWORD: "a long enough password" }])(
    "the first owner needs both variables (case %#)",
    (given) => {
      expect(() => readEnv(given)).toThrow(/go together/);
    },
  );
});

test.each([
  ["10.0.0.0/8", true],
  ["10.0.0.1", true],
  ["fd00::/8", true],
  ["::1/128", true],
  ["10.0.0.0/33", false],
  ["::1/129", false],
  ["10.0.0.0/", false],
  ["10.0.0.0/8/8", false],
  ["10.0.0", false],
  ["example.com", false],
])("isNetwork(%s) is %s", (value, expected) => {
  expect(isNetwork(value)).toBe(expected);
});

test.each([
  ["idp.lan", true],
  ["idp.lan:8443", true],
  ["10.0.0.0/8", true],
  ["idp.lan/path", false],
  ["https://idp.lan", false],
  ["-idp.lan", false],
  ["", false],
])("isAllowEntry(%j) is %s", (value, expected) => {
  expect(isAllowEntry(value)).toBe(expected);
});
