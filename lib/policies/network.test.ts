import { describe, expect, it } from "vitest";
import { parseAddress, parseNetwork } from "./network";

describe("whether an address is in a network, whatever its spelling (CVE-2026-45364)", () => {
  it.each([
    ["192.0.2.0/24", "192.0.2.255", true],
    ["192.0.2.0/24", "::ffff:192.0.2.1", true],
    ["192.0.2.0/24", "::FFFF:c000:0201", true],
    ["192.0.2.0/24", "0:0:0:0:0:ffff:192.0.2.1", true],
    ["192.0.2.0/24", "192.0.3.0", false],
    ["192.0.2.7", "192.0.2.7", true],
    ["192.0.2.7", "192.0.2.8", false],
    ["192.0.2.7/32", "::ffff:192.0.2.7", true],
    ["0.0.0.0/0", "203.0.113.9", true],
    // All of IPv4 is not all of IPv6, nor the other way round.
    ["0.0.0.0/0", "2001:db8::1", false],
    ["::/0", "203.0.113.9", false],
    ["::/0", "::ffff:203.0.113.9", false],
    ["::ffff:10.0.0.0/104", "10.9.9.9", true],
    ["::ffff:10.0.0.0/104", "11.0.0.1", false],
    ["2001:db8::/32", "2001:DB8:0:0:0:0:0:1", true],
    ["2001:db8::/32", "2001:0db8:ffff::", true],
    ["2001:db8::/32", "[2001:db8::5]", true],
    ["2001:db8::/32", "2001:db9::1", false],
    ["2001:db8::1", "2001:db8:0000::0001", true],
    ["fe80::/10", "fe80::1%eth0", true],
    ["192.0.2.128/25", "192.0.2.127", false],
    ["128.0.0.0/1", "255.255.255.255", true],
  ])("%s holds %s: %s", (network, address, expected) => {
    const parsed = parseAddress(address);
    expect(parsed).not.toBeNull();
    expect(parsed && parseNetwork(network)?.(parsed)).toBe(expected);
  });

  it.each(
    [
      ["", "010.0.0.1", "10.1", "0x0a.0.0.1", "167772161", "1.2.3.4.5", "256.0.0.1"],
      ["10.0.0.1/8", "::g", "1:2:3", "10.0.0.1 ", "10.0.0.1\n", "localhost", "１０.0.0.1"],
    ]
      .flat()
      .map((text) => [text]),
  )("%j is no address that a rule would take for one", (text) => {
    const parsed = parseAddress(text);
    expect(parsed === null || text !== text.trim()).toBe(true);
  });

  it.each(
    [
      ["10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8/8", "10.0.0.0/", "10.0.0.0/ 8", "::/129"],
      ["::ffff:10.0.0.0/90", "[::1]/128", "fe80::1%eth0", "example.com", "10/8", "010.0.0.0/8"],
    ]
      .flat()
      .map((text) => [text]),
  )("%j is no network", (text) => {
    expect(parseNetwork(text)).toBeNull();
  });
});
