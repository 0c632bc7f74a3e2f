import { describe, expect, it } from "vitest";
import { canonicalAddress, clientAddress, nearestValue, trustedProxies } from "./forwarded";

describe("the one spelling of an address", () => {
  it.each([
    ["203.0.113.7", "203.0.113.7"],
    [" 203.0.113.7 ", "203.0.113.7"],
    ["203.0.113.7:51000", "203.0.113.7"],
    ["::ffff:203.0.113.7", "203.0.113.7"],
    ["::FFFF:cb00:7107", "203.0.113.7"],
    ["[::ffff:203.0.113.7]:443", "203.0.113.7"],
    ["2001:DB8:0:0:0:0:0:1", "2001:db8::1"],
    ["[2001:db8::1]", "2001:db8::1"],
    ["[2001:db8::1]:8443", "2001:db8::1"],
    ["fe80::1%eth0", "fe80::1"],
    ["::1", "::1"],
    ["unknown", null],
    ["_hidden", null],
    ["", null],
    ["203.0.113.7, 10.0.0.1", null],
    ["203.0.113", null],
    ["0x7f000001", null],
    ["::ffff:203.0.113.7\r\nx: y", null],
  ])("reads %j as %j", (text, expected) => {
    expect(canonicalAddress(text)).toBe(expected);
  });
});

describe("the client behind a chain of proxies", () => {
  const table: [name: string, peer: string, chain: string | undefined, expected: string | null][] =
    [
      ["no chain", "203.0.113.7", undefined, "203.0.113.7"],
      ["a stranger's chain is not read", "203.0.113.7", "10.9.9.9", "203.0.113.7"],
      ["one proxy", "10.0.0.1", "203.0.113.7", "203.0.113.7"],
      ["a mapped peer is the same proxy", "::ffff:10.0.0.1", "203.0.113.7", "203.0.113.7"],
      ["two proxies", "10.0.0.1", "203.0.113.7, 10.0.0.2", "203.0.113.7"],
      ["what a client prepends is not reached", "10.0.0.1", "1.1.1.1, 203.0.113.7", "203.0.113.7"],
      [
        "a client that names a proxy before itself gains nothing",
        "10.0.0.1",
        "10.0.0.2, 203.0.113.7",
        "203.0.113.7",
      ],
      ["an IPv6 client", "10.0.0.1", "2001:DB8::1", "2001:db8::1"],
      ["an IPv6 proxy", "fd00::5", "[2001:db8::1]:5000", "2001:db8::1"],
      ["an entry that is no address ends the walk", "10.0.0.1", "203.0.113.7, unknown", "10.0.0.1"],
      ["an empty entry ends the walk", "10.0.0.1", "203.0.113.7, ", "10.0.0.1"],
      ["an empty header", "10.0.0.1", "", "10.0.0.1"],
      ["everyone is a proxy: the outermost", "10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3"],
      ["a socket that is gone", "", "203.0.113.7", null],
    ];
  const isTrusted = trustedProxies(["10.0.0.0/8", "fd00::/8", "::1"]);

  it.each(table)("%s", (_name, peer, chain, expected) => {
    expect(clientAddress(peer, chain, isTrusted)).toBe(expected);
  });

  it("walks a bounded number of hops, however long the header is", () => {
    const chain = `203.0.113.7,${Array(5_000).fill("10.0.0.9").join(",")}`;
    expect(clientAddress("10.0.0.1", chain, isTrusted)).toBe("10.0.0.9");
  });
});

describe("trusted proxies", () => {
  it.each([
    [["10.0.0.0/8"], "10.255.0.1", true],
    [["10.0.0.0/8"], "11.0.0.1", false],
    [["192.0.2.1"], "192.0.2.1", true],
    [["192.0.2.1"], "192.0.2.2", false],
    [["2001:db8::/32"], "2001:db8:1::1", true],
    [["2001:db8::/32"], "2001:db9::1", false],
    [["::ffff:10.0.0.0/104"], "10.1.2.3", true],
    [["::ffff:10.0.0.0/104"], "11.1.2.3", false],
    [[], "127.0.0.1", false],
  ] as const)("%j: %s is %s", (networks, address, expected) => {
    expect(trustedProxies(networks)(address)).toBe(expected);
  });
});

it("takes the value that the nearest proxy wrote, when it is well formed", () => {
  expect(nearestValue("evil.example, gate.example", /^[a-z.]+$/)).toBe("gate.example");
  expect(nearestValue("gate.example, <script>", /^[a-z.]+$/)).toBeNull();
  expect(nearestValue(undefined, /^[a-z.]+$/)).toBeNull();
});
